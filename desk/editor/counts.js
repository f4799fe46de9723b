// Words and signs of the text, and how long a headline has become.

// measure counts words, and characters with blanks, as news agencies do.
export function measure(doc) {
  const text = doc.textBetween(0, doc.content.size, "\n", " ")
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'ʼ-]*/gu)
  return { words: words ? words.length : 0, signs: [...text.replaceAll("\n", "")].length }
}

// showCounts keeps the line under the text.
export function showCounts(element, page) {
  let shown = ""
  return (doc) => {
    const { words, signs } = measure(doc)
    const text = page.T("ed-words", words) + " · " + page.T("ed-signs", signs)
    if (text !== shown) element.textContent = shown = text
  }
}

// What fits a list and a telephone, and what fits an alert.
const headlineFits = 55
const alertFits = 100

// meter shows under the headline how much of its two measures it fills.
export function meter(field, page) {
  const out = document.createElement("output")
  out.className = "meter"
  out.htmlFor = field.id
  const bar = document.createElement("meter")
  Object.assign(bar, { min: 0, max: alertFits, high: headlineFits, optimum: 0 })
  bar.setAttribute("aria-label", page.T("ed-meter"))
  const words = document.createElement("span")
  out.append(bar, words)
  field.after(out)
  const measure = () => {
    const n = [...field.value.trim()].length
    bar.value = n
    out.className = "meter " + (n > alertFits ? "over" : n > headlineFits ? "long" : "fits")
    words.textContent = n > alertFits ? page.T("ed-over", n - alertFits) : n > headlineFits ? page.T("ed-alert", n) : page.T("ed-headline", n)
  }
  field.addEventListener("input", measure)
  measure()
}
