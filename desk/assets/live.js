// One stream of events for the page: what happens to stories, who writes and
// who looks at them. Each becomes an event of the document: desk:story,
// desk:lock, desk:presence; desk:live says that the desk can be reached, at
// first and again. A page of a story names it in data-story of <main>.
//
// The tab's own name is in sessionStorage under "desk-tab"; once it is sure to
// be the only one of that name, desk:tab tells it and <html data-tab> has it.
const main = document.querySelector("main")
const { after, story } = main.dataset

const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("")

// A browser that doubles a tab doubles its sessionStorage too.
const alone = (name) => new Promise((resolve) => {
  if (!navigator.locks) return resolve(true)
  navigator.locks.request("desk-tab-" + name, { ifAvailable: true }, (lock) => {
    resolve(lock !== null)
    return lock && new Promise(() => {})
  })
})

const named = async () => {
  let name = sessionStorage.getItem("desk-tab") ?? fresh()
  // The page before this one in the same tab may be on its way out still.
  for (let tries = 0; !(await alone(name)); tries++) {
    if (tries === 5) name = fresh()
    else await new Promise((done) => setTimeout(done, 100))
  }
  sessionStorage.setItem("desk-tab", name)
  document.documentElement.dataset.tab = name
  document.dispatchEvent(new CustomEvent("desk:tab", { detail: { tab: name } }))
  return name
}

const tab = await named()
let stream
let last = after

const open = () => {
  if (stream && stream.readyState !== EventSource.CLOSED) return
  const query = new URLSearchParams()
  if (story) {
    query.set("story", story)
    query.set("tab", tab)
  }
  if (last) query.set("after", last)
  stream = new EventSource("/desk/live?" + query)
  stream.addEventListener("open", () => document.dispatchEvent(new CustomEvent("desk:live")))
  for (const kind of ["story", "lock", "presence"]) {
    stream.addEventListener(kind, (e) => {
      if (e.lastEventId) last = e.lastEventId
      document.dispatchEvent(new CustomEvent("desk:" + kind, { detail: JSON.parse(e.data) }))
    })
  }
}

// A browser opens few connections to one host. A page that nobody looks at
// gives its own back, unless something is being written there.
const writing = document.querySelector("form[data-typing]") !== null
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) open()
  else if (!writing) stream?.close()
})
addEventListener("pagehide", () => stream?.close())
addEventListener("pageshow", () => { if (!document.hidden || writing) open() })
if (!document.hidden || writing) open()
