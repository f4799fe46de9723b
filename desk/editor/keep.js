// Keeps what is typed: in this browser at once, at the desk two seconds later.
import { drop, key, put } from "./local.js"
import { forget } from "./recover.js"
import { saved, send } from "./save.js"

const soon = 150 // until the browser has it
const later = 2000 // until the desk has it
const longest = 15000 // between tries when the desk does not answer
const patience = 10000 // with an answer: a line may be dead and not say so

export class Keeper {
  constructor(page) {
    this.page = page
    this.version = 0 // of the words
    this.sure = 0 // the version that the desk has
    this.pause = later
    this.local = true // the browser keeps them
    page.changed = () => this.changed()
    page.form.addEventListener("input", (e) => { if (e.target.name) this.changed() })
    page.form.addEventListener("change", (e) => { if (e.target.name) this.changed() })
    addEventListener("pagehide", () => this.here())
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.here() })
    addEventListener("online", () => this.now())
    document.addEventListener("desk:live", () => this.now())
    addEventListener("beforeunload", (e) => { if (this.version > this.sure && !this.local) e.preventDefault() })
  }

  changed() {
    this.version++
    this.soon ||= setTimeout(() => this.here(), soon)
    this.later ||= setTimeout(() => this.there(), this.pause)
  }

  // here keeps the words in the browser.
  here() {
    clearTimeout(this.soon)
    this.soon = 0
    if (this.version === this.sure && !this.unsaved) return
    const fields = [...this.page.fields()]
    this.local = put(key(this.page), { at: Date.now(), fields, sure: this.version === this.sure })
  }

  // now tries at once, after the network or the desk came back.
  now() {
    if (this.version === this.sure) return
    clearTimeout(this.later)
    this.pause = later
    this.there()
  }

  // there keeps them at the desk. One request is under way at a time.
  async there() {
    this.later = 0
    // Words that nobody changed are not one's own.
    if (this.sending || this.version === this.sure) return
    const version = this.version
    this.sending = this.deliver().catch(() => this.page.T("ed-no-net"))
    const trouble = await this.sending
    this.sending = null
    if (trouble) {
      this.here()
      this.page.tell(trouble + (this.local ? "" : " " + this.page.T("ed-stay")), true)
      this.pause = Math.min(this.pause * 2, longest)
    } else {
      this.pause = later
      this.sure = Math.max(this.sure, version)
      this.unsaved = true
      this.here()
    }
    if (this.version > this.sure) this.later ||= setTimeout(() => this.there(), this.pause)
  }

  // deliver gives the sentence that tells what stands against it.
  async deliver() {
    const { page } = this
    if (!page.story) return this.begin()
    const fields = page.fields()
    if (page.tab) fields.set("tab", page.tab)
    const { status, said } = await send(`/desk/stories/${page.story}/working`, fields, AbortSignal.timeout(patience))
    if (status === 401) return page.T("ed-signed-out")
    if (said?.at) page.tell(page.T("ed-kept", page.clock(said.at)) + (said.why ? " " + said.why : ""))
    if (said?.lock) page.lockSaid?.(said.lock)
    if (said?.at) return ""
    return said?.why || page.T("ed-not-kept", status)
  }

  // begin makes a draft of a new story as soon as there is a word of it.
  async begin() {
    const { page } = this
    const empty = ["headline", "slug", "teaser", "note"].every((name) => !page.field(name).value.trim()) && page.view.state.doc.textContent === "" && page.view.state.doc.childCount < 2
    if (empty) return ""
    const { status, said } = await send(page.form.action, page.fields(), AbortSignal.timeout(patience))
    if (status === 401) return page.T("ed-signed-out")
    if (status !== 200) return page.T("ed-here-only")
    drop(key(page))
    saved(page, said)
    // The draft had begun before, and the answer was lost: it has older words.
    if (said.again) return this.deliver()
    page.tell(page.T("ed-kept", page.clock()))
    return ""
  }

  // quiet waits until nothing is under way, and lets nothing begin.
  async quiet() {
    clearTimeout(this.later)
    this.later = 0
    await this.sending
    return this.version
  }

  // settled says that the words of a version are a revision now.
  settled(version) {
    this.sure = Math.max(this.sure, version)
    this.unsaved = false
    forget(this.page)
    if (this.version !== version) this.changed()
  }
}
