// On a narrow screen the stages stand in a strip; the chosen one is in sight.
// The strip is moved by hand: scrollIntoView would take the keyboard along.
const chosen = document.querySelector(".stages [aria-current]")
if (chosen) {
  const strip = chosen.closest("ul"), at = chosen.getBoundingClientRect(), all = strip.getBoundingClientRect()
  strip.scrollLeft += at.left + at.width / 2 - all.left - all.width / 2
}
