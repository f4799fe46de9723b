// The keys of the desk: a letter alone presses what is marked with it, while
// nothing is typed. "?" shows them all.
const typing = (at) => at.closest("input, textarea, select, [contenteditable], dialog") !== null

// On a keyboard of other letters the key's place counts.
const letter = (e) => {
  if (e.key === "?" || /^[a-z0-9]$/.test(e.key)) return e.key
  const place = /^Key([A-Z])$/.exec(e.code)
  return place && !e.shiftKey ? place[1].toLowerCase() : ""
}

const rows = () => Array.from(document.querySelectorAll("table.rows tr[data-id], .near li"))
const at = () => rows().findIndex((r) => r.classList.contains("at") || r.contains(document.activeElement) || r.querySelector("[aria-current]"))

const go = (step) => {
  const all = rows()
  if (!all.length) return
  const now = at()
  const to = all[Math.min(Math.max(now < 0 ? 0 : now + step, 0), all.length - 1)]
  for (const r of all) r.classList.toggle("at", r === to)
  const link = to.querySelector(".head a, a")
  // Beside a story the next one opens; in the list the row takes the focus.
  if (to.matches("li") && now >= 0 && all[now] !== to) link.click()
  else link.focus()
  to.scrollIntoView({ block: "nearest" })
}

const show = async () => {
  if (document.querySelector("dialog.keys[open]")) return
  const link = document.querySelector("[data-keys]")
  const answer = await fetch(link.href).catch(() => null)
  if (!answer?.ok) return link.click()
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const dialog = document.createElement("dialog")
  dialog.className = "keys"
  dialog.setAttribute("aria-label", page.querySelector("h1").textContent)
  const close = document.createElement("form")
  close.method = "dialog"
  const button = document.createElement("button")
  button.textContent = link.dataset.close
  close.append(button)
  dialog.append(...document.importNode(page.querySelector("main .keys"), true).childNodes, close)
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  button.focus()
}

const press = (key) => {
  if (key === "j") return go(1)
  if (key === "k") return go(-1)
  if (key === "?") return show()
  const row = rows()[at()]
  if (key === "o" && row) return row.querySelector(".head a, a").click()
  if (key === "e" && row?.dataset.edit) return location.assign(row.dataset.edit)
  const marked = document.querySelector(`[data-key="${CSS.escape(key)}"]:not([hidden])`)
  if (!marked) return false
  if (marked.matches("input, select")) marked.focus()
  else marked.click()
}

addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.repeat && !"jk".includes(e.key) || typing(e.target)) return
  const key = letter(e)
  if (key && press(key) !== false) e.preventDefault()
})
