// The grammar of a story's body, the same as story/grammar.go. What it does
// not know cannot come in, by whatever way.
import { Schema } from "prosemirror-model"
import { href, safe } from "./address.js"
import { embedWords } from "./names.js"

const text = (empty) => ({ default: empty })

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    content: "inline*", group: "block", defining: true, attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({ tag: "h" + n, attrs: { level: Math.min(Math.max(n, 2), 4) } })),
    toDOM: (node) => ["h" + node.attrs.level, 0],
  },
  bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
  blockquote: { content: "paragraph+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  picture: {
    group: "block", atom: true, draggable: true,
    attrs: { picture: text(""), caption: text(""), credit: text(""), alt: text(""), focus_x: { default: 0 }, focus_y: { default: 0 } },
    parseDOM: [{ tag: "figure[data-picture]", getAttrs: readPicture }],
    toDOM: ({ attrs: a }) => ["figure", { "data-picture": a.picture, "data-caption": a.caption, "data-credit": a.credit, "data-alt": a.alt, "data-focus": `${a.focus_x} ${a.focus_y}` }, a.caption],
  },
  table: { content: "table_row+", group: "block", tableRole: "table", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]] },
  table_row: { content: "table_cell+", tableRole: "row", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
  table_cell: {
    content: "inline*", tableRole: "cell", isolating: true,
    // The spans are for the table commands alone; document.js leaves them out.
    attrs: { header: { default: false }, colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    parseDOM: [{ tag: "td" }, { tag: "th", attrs: { header: true } }],
    toDOM: (node) => [node.attrs.header ? "th" : "td", 0],
  },
  embed: {
    group: "block", atom: true, draggable: true, attrs: { provider: text(""), ref: text("") },
    parseDOM: [{ tag: "p[data-provider]", priority: 60, getAttrs: (e) => ({ provider: e.dataset.provider, ref: e.dataset.ref || "" }) }],
    toDOM: ({ attrs: a }) => ["p", { class: "embed", "data-provider": a.provider, "data-ref": a.ref }, embedWords(a)],
  },
  list_item: { content: "(paragraph | bullet_list | ordered_list)+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
}

const marks = {
  link: {
    attrs: { href: {} }, inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (e) => { const to = href(e.getAttribute("href")); return to && { href: to } } }],
    toDOM: (mark) => ["a", safe(mark.attrs.href) ? { href: mark.attrs.href, title: mark.attrs.href } : {}, 0],
  },
  insertion: { inclusive: false, parseDOM: [{ tag: "span[data-insertion]" }], toDOM: () => ["span", { "data-insertion": "" }, 0] },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
}

function readPicture(figure) {
  const d = figure.dataset
  if (!/^[a-z0-9-]{1,128}$/.test(d.picture)) return false
  const [x, y] = (d.focus || "").split(" ").map((n) => Math.min(Math.max(parseInt(n) || 0, 0), 100))
  return { picture: d.picture, caption: d.caption || "", credit: d.credit || "", alt: d.alt || "", focus_x: x || 0, focus_y: y || 0 }
}

export const schema = new Schema({ nodes, marks })
