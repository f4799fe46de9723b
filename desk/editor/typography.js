// Quotation marks and dashes as each language sets them. Only the sign that is
// being typed is ever changed.

const quotes = {
  en: [["“", "”"], ["‘", "’"]],
  ru: [["«", "»"], ["„", "“"]],
  be: [["«", "»"], ["„", "“"]],
}
const dashes = { en: ["–", "—"], ru: ["—", "–"], be: ["—", "–"] }

const letter = /\p{L}$/u

// standing gives the pairs that are open at the end of a text.
function standing(text, pairs) {
  const open = []
  for (let i = 0; i < text.length; i++) {
    const apostrophe = text[i] === "’" && letter.test(text.slice(0, i)) && /^\p{L}/u.test(text.slice(i + 1))
    if (apostrophe) continue
    const opens = pairs.find((p) => p[0] === text[i] && !(open.at(-1)?.[1] === text[i]))
    if (opens) open.push(opens)
    else if (open.at(-1)?.[1] === text[i]) open.pop()
  }
  return open
}

const beginning = /(^|[\s([{/–—«„\ufffc])$/

// sign is what stands for a quotation mark typed behind before; "" leaves it.
export function sign(typed, before, lang) {
  const pairs = quotes[lang] || quotes.en
  if (typed === "'") return apostrophe(before, lang)
  const open = standing(before, pairs)
  const last = before.at(-1)
  const opens = beginning.test(before) || (open.length > 0 && last === open.at(-1)[0])
  if (opens) return pairs[open.length > 0 ? 1 : 0][0]
  return open.length > 0 ? open.at(-1)[1] : pairs[0][1]
}

// Russian has no apostrophe, Belarusian only one within a word.
function apostrophe(before, lang) {
  if (lang === "ru") return ""
  if (lang === "be") return letter.test(before) ? "’" : ""
  return beginning.test(before) || before.endsWith("“") ? "‘" : "’"
}

// dash is what stands for a hyphen typed behind before, and how many signs of
// before it takes with it.
export function dash(before, lang) {
  const [first, second] = dashes[lang] || dashes.en
  if (/(^|[^-])-$/.test(before)) return [first, 1]
  if (before.endsWith(first)) return [second, 1]
  return ["", 0]
}

// setFields lets the one-line fields of the story have the same signs. The
// plain sign comes first, so that undo gives it back.
export function setFields(fields, lang) {
  for (const field of fields) field.addEventListener("input", (e) => {
    if (e.inputType !== "insertText" || e.isComposing) return
    const at = field.selectionStart - 1
    const before = field.value.slice(0, at)
    if (e.data === '"' || e.data === "'") put(field, at, at + 1, sign(e.data, before, lang()))
    else if (e.data === "-") {
      const [to, back] = dash(before, lang())
      put(field, at - back, at + 1, to)
    }
  })
}

function put(field, from, to, text) {
  if (!text) return
  field.setSelectionRange(from, to)
  document.execCommand("insertText", false, text)
}
