// Lists as Word and Google Docs write them.

// gather makes lists of the paragraphs by which Word draws them.
export function gather(doc) {
  let open = [] // the lists that stand open, the deepest last
  let last = ""
  for (const p of [...doc.body.querySelectorAll("p, h1, h2, h3, div, table")]) {
    const at = /mso-list:\s*(\w+)\s+level(\d)/i.exec(p.dataset.style || "")
    if (!at || p.tagName === "DIV") {
      if (p.tagName !== "DIV") open = []
      continue
    }
    const level = Number(at[2])
    if (at[1] !== last) open = []
    last = at[1]
    const sign = [...p.querySelectorAll("span")].find((s) => /mso-list:\s*ignore/i.test(s.dataset.style || ""))
    const name = /^\s*\(?[\p{L}\d]{1,3}[.)]/u.test(sign?.textContent || "") && !/^\s*o\s/.test(sign.textContent) ? "ol" : "ul"
    sign?.remove()
    open.length = Math.min(open.length, level)
    while (open.length < level) {
      const list = doc.createElement(name)
      const item = open.at(-1)?.lastElementChild
      if (item) item.append(list)
      else if (open.length) open.at(-1).append(list)
      else p.before(list)
      open.push(list)
    }
    const item = doc.createElement("li")
    const line = doc.createElement("p")
    line.append(...p.childNodes)
    item.append(line)
    open.at(-1).append(item)
    p.remove()
  }
}

// nest moves a list that stands between items into the item before it.
export function nest(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = list.previousElementSibling
    if (before?.tagName === "LI") before.append(list)
    else {
      const item = body.ownerDocument.createElement("li")
      list.before(item)
      item.append(list)
    }
  }
}
