// Counts down to each instant on the page that is still to come. Without
// script the words of when the page was made stand there.
const clocks = document.querySelectorAll("time.until")

const two = (n) => String(n).padStart(2, "0")

function tell() {
  let going = false
  for (const clock of clocks) {
    const left = Math.ceil((Date.parse(clock.dateTime) - Date.now()) / 1000)
    if (left <= 0) {
      clock.textContent = clock.dataset.over
      continue
    }
    going = true
    if (left >= 48 * 3600) continue
    const digits = `${two(Math.floor(left / 3600))}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`
    clock.textContent = clock.dataset.in.replace("%", digits)
  }
  if (going) setTimeout(tell, 1000 - (Date.now() % 1000))
}

tell()
