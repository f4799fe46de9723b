// Saves a revision without leaving the page, so that undo and the cursor stay.
import { dom } from "./page.js"
import { keys } from "./keys.js"
import { worded } from "./local.js"

// send posts a form's fields and gives the status and what was answered; it
// throws only when nobody answers.
export async function send(url, fields, signal) {
  const answer = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields), signal })
  let said = null
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) said = await answer.json()
  return { status: answer.status, said }
}

export function saving(page) {
  const { form } = page
  // It stands above for all and below for who saves at the end of a long page.
  const places = form.querySelectorAll("[data-status], [data-status-below]")
  page.tell = (words, bad) => {
    for (const place of places) {
      place.textContent = words
      place.classList.toggle("bad", !!bad)
    }
  }
  let busy = null
  page.save = (then) => (busy ||= save(page, then).finally(() => { busy = null }))
  form.addEventListener("submit", (e) => {
    const act = e.submitter?.value
    if (act !== "save" && act !== "close" && act !== undefined) return
    e.preventDefault()
    page.save(act === "close" ? (url) => location.assign(url) : null)
  })
  addEventListener("keydown", (e) => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey) return
    if (e.key !== "Enter" && e.code !== "KeyS") return
    e.preventDefault()
    page.save()
  })
  for (const button of form.querySelectorAll("button[value=save]")) {
    button.title = page.T("ed-save-key", keys.save.replace("Mod-", "Ctrl+"))
  }
}

async function save(page, then) {
  const { form } = page
  if (page.overtaken) return page.tell(page.T("ed-overtaken-save"), true)
  page.tell(page.T("ed-saving"))
  const version = await page.keeper.quiet()
  const fields = page.fields()
  fields.set("do", "save")
  if (page.tab) fields.set("tab", page.tab)
  let answer
  page.saving = true
  try {
    await again(page, fields)
    answer = await send(form.action, fields)
  } catch {
    page.unheard ||= fields
    page.keeper.changed()
    return page.tell(page.T("ed-not-saved-net"), true)
  } finally {
    page.saving = false
  }
  const { status, said } = answer
  page.unheard = null
  clear(form)
  if (status === 200 && said) {
    saved(page, said)
    if (said.again) return save(page, then)
    page.keeper.settled(version)
    page.tell(page.T("ed-saved", said.revision, page.clock()))
    return then?.(said.url)
  }
  page.keeper.changed()
  if (status === 409 && said?.revision) {
    // The page that shows both texts side by side comes from the server.
    return form.submit()
  }
  if (status === 422 && said?.wrong) return wrong(page, said.wrong)
  if (status === 401) return page.tell(page.T("ed-signed-out"), true)
  page.tell(said?.why || page.T("ed-not-saved", status), true)
}

// again asks once more for a save of which no answer came, before one with
// other words: if the desk had it, these would conflict with it.
async function again(page, fields) {
  const { form, unheard } = page
  if (!unheard || worded(unheard) === worded(fields)) return
  const { status, said } = await send(form.action, unheard)
  page.unheard = null
  if (status !== 200 || !said) return
  saved(page, said)
  fields.set("base", String(said.revision))
}

// saved goes on as the page of the story that there is now.
export function saved(page, said) {
  if (!page.story) become(page, said)
  let base = page.form.querySelector("input[name=base]")
  if (!base) base = page.form.appendChild(dom("input", { type: "hidden", name: "base" }))
  base.value = String(said.revision)
  page.form.querySelectorAll("[data-unsaved], .leftover, [data-recover]").forEach((e) => e.remove())
}

// become makes the page of a new story that of the draft which it began.
function become(page, said) {
  page.story = said.id
  page.form.querySelector("input[name=as]")?.remove()
  page.form.action = `${said.url}/revisions`
  history.replaceState(null, "", `${said.url}/edit`)
  const title = page.form.querySelector("h1")
  document.title = document.title.replace(title.textContent, said.title)
  title.textContent = said.title
  for (const link of page.form.querySelectorAll("[data-close]")) link.href = said.url
  page.began?.()
}

function clear(form) {
  form.querySelectorAll(".wrong.now").forEach((e) => e.remove())
  form.querySelectorAll("[aria-invalid]").forEach((e) => e.removeAttribute("aria-invalid"))
}

function wrong(page, fields) {
  let first
  for (const [name, words] of Object.entries(fields)) {
    const field = document.getElementById("f-" + name)
    const label = document.querySelector(`label[for="f-${name}"]`) || (name === "body" ? document.getElementById("l-body") : field?.querySelector("legend"))
    label?.after(dom("span", { class: "wrong now", id: "w-" + name }, words))
    field?.setAttribute("aria-invalid", "true")
    first ||= field
  }
  page.tell(page.T("ed-wrong"), true)
  first?.focus()
}
