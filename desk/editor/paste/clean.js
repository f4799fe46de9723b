// Makes what other programs put on the clipboard plain: paragraphs, headings,
// lists, tables, quotations, links, bold and italic. The schema drops what is
// left; this keeps the text in its order and its shape.
import { href } from "../address.js"
import { embed } from "./embed.js"
import { gather, nest } from "./lists.js"

const gone = "script, style, meta, link, title, noscript, template, object, applet, audio, video, canvas, button, select, textarea, input, nav, [hidden], br.Apple-interchange-newline"
const blocks = new Set(["P", "DIV", "SECTION", "ARTICLE", "MAIN", "HEADER", "FOOTER", "ASIDE", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "BLOCKQUOTE", "TABLE", "FIGURE", "FIGCAPTION", "PRE", "ADDRESS", "DL", "DT", "DD", "HR", "DETAILS", "SUMMARY"])

// clean gives html that the schema reads without loss. It is parsed apart from
// the page, where nothing runs and nothing is fetched.
export function clean(html) {
  if (html.includes("data-pm-slice")) return html
  const doc = new DOMParser().parseFromString(inert(html), "text/html")
  const { body } = doc
  comments(doc)
  for (const e of body.querySelectorAll("iframe[src]")) e.replaceWith(frame(doc, e.getAttribute("src")))
  gather(doc)
  for (const e of body.querySelectorAll(gone)) e.remove()
  for (const e of body.querySelectorAll("[data-style]")) if (/display:\s*none|mso-hide:\s*all/i.test(e.dataset.style)) e.remove()
  for (const e of body.querySelectorAll("img")) e.replaceWith(emoji(e))
  for (const e of [...body.querySelectorAll("b, strong, i, em, span, font")]) shape(e)
  for (const e of body.querySelectorAll("a[href]")) address(e)
  for (const e of body.querySelectorAll("pre")) lines(e)
  for (const e of body.querySelectorAll("td, th")) flatten(e)
  for (const e of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) for (const b of e.querySelectorAll("b, strong")) unwrap(b)
  nest(body)
  for (const e of [...body.querySelectorAll("p, div, blockquote, li"), body]) breaks(e)
  for (const e of body.querySelectorAll("br")) if (edge(e, "previousSibling") || edge(e, "nextSibling")) e.remove()
  texts(doc)
  for (const e of [...body.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6, li, blockquote")].reverse()) if (!e.textContent.trim() && !e.dataset.provider) e.remove()
  for (const e of body.querySelectorAll("[data-style]")) delete e.dataset.style
  return body.innerHTML
}

function comments(doc) {
  const walk = doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT)
  const all = []
  while (walk.nextNode()) all.push(walk.currentNode)
  for (const c of all) c.remove()
}

// inert gives styles another name, so that the browser need not refuse them,
// and takes away how Word speaks to other browsers.
function inert(html) {
  return html.replace(/<!\[if[^>]*>|<!\[endif\]>|<style\b[\s\S]*?<\/style\s*>/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(["'\s])style(\s*=)/gi, "$1data-style$2"))
}

// frame makes a quiet link of a video within a page.
function frame(doc, src) {
  const p = doc.createElement("p")
  const to = src.startsWith("//") ? "https:" + src : src
  const known = embed(to)
  if (known) Object.assign(p.dataset, known)
  else if (href(to)) {
    const a = doc.createElement("a")
    a.href = a.textContent = to
    p.append(a)
  }
  return p
}

export function unwrap(e) {
  e.replaceWith(...e.childNodes)
}

// emoji are pictures in some programs, with the sign beside them. Other
// pictures stay where they are: they come in as files, with their credit.
function emoji(img) {
  const alt = img.getAttribute("alt") || ""
  return /^\p{Extended_Pictographic}/u.test(alt) && alt.length < 16 ? alt : ""
}

// shape reads bold and italic from what a program means by it, not from how
// it says it.
function shape(e) {
  const style = e.dataset.style || ""
  const weight = /(?<![\w-])font-weight:\s*([\w]+)/i.exec(style)?.[1]
  const bold = /^(b|strong)$/i.test(e.tagName) ? weight !== "normal" && weight !== "400" : weight === "bold" || weight === "bolder" || Number(weight) >= 600
  const slant = /(?<![\w-])font-style:\s*(\w+)/i.exec(style)?.[1]
  const italic = /^(i|em)$/i.test(e.tagName) ? slant !== "normal" : slant === "italic" || slant === "oblique"
  if (e.querySelector([...blocks].join(",")) || e.dataset.insertion !== undefined) return e.dataset.insertion === undefined && unwrap(e)
  const into = e.ownerDocument.createDocumentFragment()
  into.append(...e.childNodes)
  let inner = into
  for (const [on, name] of [[bold, "strong"], [italic, "em"]]) {
    if (!on) continue
    const mark = e.ownerDocument.createElement(name)
    mark.append(inner)
    inner = mark
  }
  e.replaceWith(inner)
}

const traces = /^(utm_\w+|fbclid|gclid|yclid|mc_cid|mc_eid|igshid)$/i

// address takes the way round by a search engine, and the tracks, off a link.
function address(a) {
  try {
    let to = new URL(a.getAttribute("href"))
    if (/(^|\.)google\.\w+$/.test(to.hostname) && to.pathname === "/url") to = new URL(to.searchParams.get("q") || to.searchParams.get("url"))
    for (const name of [...to.searchParams.keys()]) if (traces.test(name)) to.searchParams.delete(name)
    if (href(to.href)) return a.setAttribute("href", to.href)
  } catch { /* it leads nowhere that we know */ }
  unwrap(a)
}

function lines(pre) {
  const parts = pre.textContent.split("\n")
  const p = pre.ownerDocument.createElement("p")
  parts.forEach((line, i) => p.append(...(i ? [pre.ownerDocument.createElement("br"), line] : [line])))
  pre.replaceWith(p)
}

// flatten makes one run of text of a cell.
function flatten(cell) {
  const inner = [...cell.querySelectorAll("*")].filter((e) => blocks.has(e.tagName))
  inner.forEach((e) => {
    if (e.previousSibling && cell.textContent.trim()) e.before(cell.ownerDocument.createElement("br"))
    unwrap(e)
  })
  while (cell.lastChild?.nodeName === "BR") cell.lastChild.remove()
  while (cell.firstChild?.nodeName === "BR") cell.firstChild.remove()
}

// breaks makes paragraphs of what two line ends part.
function breaks(e) {
  const nodes = [...e.childNodes]
  if (!nodes.some((n, i) => doubled(nodes, i))) return
  const groups = [[]]
  for (let i = 0; i < nodes.length; i++) {
    if (doubled(nodes, i)) {
      while (nodes[i + 1]?.nodeName === "BR" || blank(nodes[i + 1])) i++
      groups.push([])
    } else if (blocks.has(nodes[i].nodeName)) groups.push(nodes[i], [])
    else groups.at(-1).push(nodes[i])
  }
  const made = groups.map((g) => {
    if (!Array.isArray(g)) return g
    const p = e.ownerDocument.createElement("p")
    p.append(...g)
    return p
  })
  if (e.tagName === "P") e.replaceWith(...made)
  else e.replaceChildren(...made)
}

// edge reports whether a line end stands where a block begins or ends anyway.
function edge(br, way) {
  let n = br[way]
  while (blank(n)) n = n[way]
  return n ? blocks.has(n.nodeName) : blocks.has(br.parentNode.nodeName) || br.parentNode.nodeName === "BODY"
}

const blank = (n) => n?.nodeType === Node.TEXT_NODE && !n.data.trim()

function doubled(nodes, i) {
  if (nodes[i].nodeName !== "BR") return false
  let next = i + 1
  while (blank(nodes[next])) next++
  return nodes[next]?.nodeName === "BR"
}

// texts takes out the signs that nobody sees, and makes a plain blank of each
// hard one that holds no number together.
function texts(doc) {
  const walk = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const n = walk.currentNode
    n.data = n.data.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/(?<!\d)[\u00a0\u202f]|[\u00a0\u202f](?!\d)/g, " ")
  }
}
