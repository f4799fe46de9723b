// Keeps the rows of the list as they are now, each where it stands. A story
// that came meanwhile is announced above the list and moves nothing.
const table = document.querySelector("table.rows")
const query = table.dataset.query
const newer = document.querySelector(".newer a")
const come = new Set()
let asked = new Set()
let timer = 0

const row = (id) => document.getElementById("s-" + id)

// A row that has the focus keeps it.
const put = (fresh) => {
  const old = row(fresh.dataset.id)
  if (!old) return
  const links = Array.from(old.querySelectorAll("a"))
  const at = links.indexOf(document.activeElement)
  if (old.outerHTML === fresh.outerHTML) return
  if (old.classList.contains("at")) fresh.classList.add("at")
  old.replaceWith(fresh)
  if (at >= 0) (fresh.querySelectorAll("a")[at] ?? fresh.querySelector("a")).focus({ preventScroll: true })
}

const ask = async () => {
  const ids = Array.from(asked)
  asked = new Set()
  timer = 0
  const answer = await fetch("/desk/rows?ids=" + ids.join(",") + "&" + query).catch(() => null)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  for (const fresh of page.querySelectorAll("tr")) {
    if (row(fresh.dataset.id)) put(document.importNode(fresh, true))
    else if (fresh.classList.contains("gone")) come.delete(fresh.dataset.id)
    else come.add(fresh.dataset.id)
  }
  if (!newer) return
  newer.hidden = come.size === 0
  newer.querySelector("b").textContent = come.size
}

const look = (id) => {
  asked.add(id)
  timer ||= setTimeout(ask, 60) // a busy desk never falls silent
}

document.addEventListener("desk:story", (e) => look(e.detail.story))
for (const kind of ["desk:lock", "desk:presence"]) {
  document.addEventListener(kind, (e) => { if (row(e.detail.story)) look(e.detail.story) })
}

// The ages grow while the page is open.
setInterval(() => {
  if (document.hidden) return
  for (const tr of table.querySelectorAll("tr[data-id]")) look(tr.dataset.id)
}, 60_000)
