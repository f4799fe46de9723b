// Tells on a story's page who else is at the story, and that it has changed;
// what one reads stays as it is until one asks.
const { story } = document.querySelector("main").dataset
const changed = document.querySelector("[data-changed]")
const shown = document.querySelector(".others")
let timer = 0

const look = async () => {
  timer = 0
  const answer = await fetch(location.pathname).catch(() => null)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".others")
  if (!fresh) return
  if (fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...document.importNode(fresh, true).childNodes)
  if (fresh.dataset.revision !== shown.dataset.revision || fresh.dataset.state !== shown.dataset.state) changed.hidden = false
}

for (const kind of ["story", "lock", "presence"]) {
  document.addEventListener("desk:" + kind, (e) => {
    if (e.detail.story !== story) return
    timer ||= setTimeout(look, 60)
  })
}
