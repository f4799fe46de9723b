// The body as the server keeps it, to the editor's document and back.
import { Fragment } from "prosemirror-model"
import { schema } from "./schema.js"
import { href, safe } from "./address.js"

// unprintable are the signs that no output can carry; the server refuses them.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g

export const printable = (s) => s.replace(unprintable, "").toWellFormed?.() ?? s.replace(unprintable, "")

// fromJSON reads a body. Whatever breaks the grammar is mended so that its
// text stays.
export function fromJSON(json) {
  const blocks = (json?.content || []).map(build).filter(Boolean)
  return fit(schema.nodes.doc, null, blocks)
}

function build(json) {
  if (json.type === "text") {
    const text = printable(json.text || "")
    return text ? schema.text(text, marks(json.marks)) : null
  }
  const type = schema.nodes[json.type]
  if (!type) return null
  const attrs = { ...json.attrs }
  if (json.type === "heading") attrs.level = Math.min(Math.max(attrs.level || 2, 2), 4)
  return fit(type, attrs, (json.content || []).map(build).filter(Boolean))
}

function fit(type, attrs, nodes) {
  const content = Fragment.from(nodes)
  if (type.validContent(content)) return type.create(attrs, content)
  const filled = type.createAndFill(attrs, content)
  if (filled) return filled
  const text = nodes.map((n) => n.textContent).join(" ")
  return schema.nodes.paragraph.create(null, text ? schema.text(text) : null)
}

function marks(list) {
  return (list || []).flatMap((m) => {
    if (!schema.marks[m.type]) return []
    if (m.type !== "link") return [schema.mark(m.type)]
    const to = safe(m.attrs?.href) ? m.attrs.href : href(m.attrs?.href)
    return to ? [schema.mark("link", { href: to })] : []
  })
}

// toJSON writes a document as the server does: what is empty is left out, and
// so are empty paragraphs at the end.
export function toJSON(doc) {
  const blocks = []
  doc.forEach((n) => blocks.push(write(n)))
  while (blocks.length && blocks.at(-1).type === "paragraph" && !blocks.at(-1).content) blocks.pop()
  return { type: "doc", content: blocks }
}

const ours = new Set(["level", "header", "picture", "caption", "credit", "alt", "provider", "ref", "focus_x", "focus_y"])

function write(node) {
  if (node.isText) {
    const out = { type: "text", text: printable(node.text) }
    if (node.marks.length) out.marks = node.marks.map((m) => (m.type.name === "link" ? { type: "link", attrs: { href: m.attrs.href } } : { type: m.type.name }))
    return out
  }
  const out = { type: node.type.name }
  const attrs = Object.entries(node.attrs).filter(([name, value]) => ours.has(name) && value)
  if (attrs.length) out.attrs = Object.fromEntries(attrs)
  const content = []
  node.forEach((n) => content.push(write(n)))
  if (content.length) out.content = content
  return out
}
