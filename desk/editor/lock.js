// Who writes the story: this tab, or somebody else. Taking over is an act of
// its own; both texts are kept.
import { dom } from "./page.js"
import { send } from "./save.js"

const beat = 25000 // a lock that nobody renews ends after a minute

export function locking(page) {
  const banner = dom("div", { class: "warn lock", role: "alert", hidden: true })
  const here = page.form.querySelector("[data-here]")
  page.form.querySelector(".saying").after(banner)
  let mine = false
  let taking = false
  let leaving = false

  const show = (words, button, act) => {
    banner.replaceChildren(dom("p", {}, words), ...(button ? [dom("p", { class: "go" }, dom("button", { type: "button", onclick: act }, button))] : []))
    banner.hidden = false
  }

  const hold = (held) => {
    mine = held
    if (!held || taking) return
    banner.hidden = true
    freeze(page, false)
    page.overtaken = false
  }

  const taken = (lock) => {
    const since = lock.since ? page.clock(lock.since).slice(0, 5) : ""
    if (lock.name === page.name) {
      // The page was open elsewhere, or this browser fell over with it.
      mine = false
      freeze(page, true)
      show(page.T("ed-elsewhere", since), page.T("ed-write-here"), () => take())
    } else if (mine) {
      // Whoever had the lock types on: the words stay their own working copy.
      mine = false
      page.overtaken = true
      show(page.T("ed-overtaken", lock.name, since), page.T("ed-take-back"), () => take())
    } else if (!page.overtaken) {
      freeze(page, true)
      show(page.T("ed-locked", lock.name, since), page.T("ed-take"), () => take())
    }
  }

  page.lockSaid = (lock) => (lock.mine ? hold(true) : lock.name && taken(lock))

  const ask = async (extra = {}) => {
    const tab = await page.named()
    if (!page.story) return
    const { status, said } = await send(`/desk/stories/${page.story}/lock`, { tab, ...extra })
    if (status === 200 || status === 409) page.lockSaid(said)
    if (status === 403 && said?.why) show(said.why)
    return { status, said }
  }

  async function take() {
    await page.keeper?.there()
    taking = true
    const { status, said } = (await ask({ take: "yes" }).catch(() => ({}))) || {}
    // What the other had typed is a revision now; a page that begins from it
    // comes in place of this one, in which nothing more can be typed.
    if (status === 200 && said.revision && String(said.revision) !== page.field("base")?.value) {
      leaving = true
      return location.reload()
    }
    taking = false
    if (status !== 200) return page.tell(said?.why || page.T("ed-no-net"), true)
    hold(true)
  }

  const start = () => ask().catch(() => {})
  if (page.story) start()
  page.began = () => {
    document.querySelector("main").dataset.story = page.story
    import(page.live)
    start()
  }
  setInterval(() => { if (mine) ask().catch(() => {}) }, beat)
  addEventListener("pagehide", () => {
    if (mine && !leaving && page.story) navigator.sendBeacon(`/desk/stories/${page.story}/lock/release`, new URLSearchParams({ tab: page.tab }))
  })
  addEventListener("pageshow", (e) => { if (e.persisted) start() })

  document.addEventListener("desk:lock", ({ detail }) => {
    if (detail.story !== page.story) return
    if (!detail.free) return page.lockSaid(detail)
    if (page.locked) show(page.T("ed-free"), page.T("ed-open-newest"), () => location.reload())
  })
  document.addEventListener("desk:presence", ({ detail }) => {
    if (detail.story !== page.story) return
    const others = detail.names.filter((n) => n !== page.name)
    here.textContent = others.length ? page.T("ed-here", others.join(", ")) : ""
  })
  document.addEventListener("desk:story", ({ detail }) => {
    const base = Number(page.field("base")?.value)
    if (detail.story === page.story && base && detail.revision > base && !page.saving) page.tell(page.T("ed-newer", detail.revision), true)
  })
}

// freeze keeps the form from being typed in while somebody else writes.
function freeze(page, on) {
  page.locked = on
  page.view.setProps({ editable: () => !page.locked })
  page.view.dom.setAttribute("aria-readonly", String(on))
  for (const field of page.form.elements) {
    if (field.matches(".lock button, .tools button")) continue
    if (field.matches("input, textarea")) field.readOnly = on
    else if (field.matches("select, button[name=do]")) field.disabled = on
  }
}
