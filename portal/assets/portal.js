// Moves through the list by keys with a preview beside it, adds what comes in,
// copies and prints. Each page works without it.
const table = document.querySelector(".table")
const wide = matchMedia("(min-width: 64rem)")

const copy = async (sheet, button) => {
  const answer = await fetch(sheet.dataset.copy).catch(() => null)
  if (!answer?.ok) return location.assign(button.href)
  const said = button.textContent
  try {
    await navigator.clipboard.writeText(await answer.text())
    button.textContent = button.dataset.done
    setTimeout(() => { button.textContent = said }, 2000)
  } catch { location.assign(button.href) }
}

const dress = (root) => {
  for (const b of root.querySelectorAll("[data-act=print]")) b.hidden = Boolean(table)
}
dress(document)

document.addEventListener("click", (e) => {
  const tool = e.target.closest("[data-act]")
  if (tool?.dataset.act === "print") print()
  if (tool?.dataset.act === "copy") { e.preventDefault(); copy(tool.closest(".sheet"), tool) }
})

const typing = (e) => e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")
const plain = (e) => !(e.ctrlKey || e.metaKey || e.altKey)

if (table) {
  const list = table.querySelector(".rows")
  const pane = table.querySelector(".pane")
  const rows = () => Array.from(list.querySelectorAll("li[data-id]"))
  let at = null
  let asked = 0

  const look = async (row) => {
    at?.classList.remove("at")
    at = row
    at.classList.add("at")
    at.classList.remove("fresh")
    if (!wide.matches) return
    const turn = ++asked
    const answer = await fetch(row.querySelector("[data-preview]").dataset.preview).catch(() => null)
    if (turn !== asked) return
    if (answer?.status === 401) return location.reload()
    if (!answer?.ok) return
    pane.innerHTML = await answer.text()
    pane.hidden = false
    pane.scrollTop = 0
    table.classList.add("split")
    dress(pane)
  }

  const go = (step) => {
    const all = rows()
    const i = at ? all.indexOf(at) + step : step > 0 ? 0 : -1
    const row = all[i]
    if (!row) return
    row.querySelector("a").focus({ preventScroll: true })
    row.scrollIntoView({ block: "nearest" })
    look(row)
  }

  const keys = {
    ArrowDown: () => go(1), ArrowUp: () => go(-1), j: () => go(1), k: () => go(-1),
    x: () => { const box = at?.querySelector("input"); if (box) box.checked = !box.checked },
    c: () => pane.querySelector("[data-act=copy]")?.click(),
    f: () => document.getElementById("q").focus(),
  }
  for (let n = 1; n <= 9; n++) keys[n] = () => pane.querySelector(`.follows li:nth-child(${n}) button`)?.click()
  // Letters count within the table alone, and arrows scroll the preview there.
  document.addEventListener("keydown", (e) => {
    const arrow = e.key.startsWith("Arrow")
    if (!plain(e) || typing(e) || !keys[e.key]) return
    if (arrow ? e.target.closest(".pane") || !e.target.matches("body, .table *") : !e.target.closest(".table")) return
    e.preventDefault()
    keys[e.key]()
  })

  // Whoever follows somebody from the preview stays at the list, but for a feed,
  // whose address a page of its own tells.
  pane.addEventListener("submit", async (e) => {
    const form = e.target
    if (!form.matches(".follows") || form.elements.way.value === "feed" || form.dataset.plain) return
    e.preventDefault()
    const row = at
    const within = pane.contains(document.activeElement)
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, e.submitter)), redirect: "manual" }).catch(() => null)
    if (answer?.type !== "opaqueredirect") {
      form.dataset.plain = "yes"
      return form.requestSubmit(e.submitter)
    }
    announce.textContent = form.dataset.done
    if (row === at) await look(row)
    if (within) pane.focus()
  })

  // A click looks first; a second one, or Enter, opens the page.
  list.addEventListener("click", (e) => {
    const link = e.target.closest("a[data-preview]")
    const row = link?.closest("li")
    if (!row || !wide.matches || !plain(e) || e.shiftKey || e.detail === 0 || row === at) return
    e.preventDefault()
    look(row)
  })
  if (wide.matches && rows().length) {
    document.querySelector(".keys").hidden = false
    look(rows()[0])
  }

  const announce = table.querySelector(".live")
  const put = (html, story) => {
    const fresh = new DOMParser().parseFromString("<ol>" + html + "</ol>", "text/html").querySelector("li")
    if (!fresh) return
    const old = document.getElementById("s-" + story)
    const picked = old?.querySelector("input")?.checked
    const was = old === at && at
    const focus = old?.contains(document.activeElement)
    old?.remove()
    const row = document.importNode(fresh, true)
    row.classList.add("fresh")
    const box = row.querySelector("input")
    if (box && picked) box.checked = true
    const first = rows()[0]
    first ? first.before(row) : list.append(row)
    announce.textContent = announce.dataset.new + " " + row.querySelector("a").textContent
    document.querySelector(".empty")?.remove()
    if (was) { at = row; look(row) }
    if (focus) row.querySelector("a").focus({ preventScroll: true })
  }

  const owed = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null)
    if (!answer?.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.getElementById("owed")
    if (fresh) document.getElementById("owed").replaceWith(document.importNode(fresh, true))
  }

  if (table.dataset.first === "true") {
    const query = table.dataset.query ? table.dataset.query + "&" : ""
    const line = new EventSource("/wire/live?" + query + "after=" + table.dataset.after)
    line.addEventListener("story", (e) => {
      const { story, html, grave } = JSON.parse(e.data)
      put(html, story)
      if (grave) setTimeout(owed, 1500)
    })
  }
}
