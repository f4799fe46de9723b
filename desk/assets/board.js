// Looks again when a story changes, and again a little later: arrivals are
// written down a moment after they happened. While something is under way, or
// fails, it goes on looking.
const restless = ".a-way, .a-behind, .a-failing, .f-behind, .f-failing, .f-gone"
let timers = []
let looking = false

const look = async () => {
  if (looking || document.hidden) return
  looking = true
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const now = document.getElementById("board")
    const next = page.getElementById("board")
    if (!next || now.innerHTML === next.innerHTML) return
    const held = now.contains(document.activeElement) ? document.activeElement.closest("tr")?.id : ""
    now.replaceWith(next)
    if (held) document.querySelector(`#${CSS.escape(held)} a`)?.focus({ preventScroll: true })
  } catch {
    // Without a network the page stays as it was; the next look may do better.
  } finally {
    looking = false
  }
}

document.addEventListener("desk:story", () => {
  timers.forEach(clearTimeout)
  timers = [300, 1500, 5000].map((after) => setTimeout(look, after))
})
document.addEventListener("visibilitychange", look)
setInterval(() => { if (document.querySelector(restless)) look() }, 5000)
