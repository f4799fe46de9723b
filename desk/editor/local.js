// The words as this browser keeps them, for when the desk cannot be reached or
// the page is closed before it was. One entry a story and person.
const prefix = "desk-words:"

// passing are the fields that say nothing of the words. The language is asked
// for until a draft has begun, and is the draft's from then on.
const passing = new Set(["as", "base", "tab", "do", "lang"])

export const key = (page, story = page.story) => `${prefix}${page.person}:${story || "new"}`

// worded gives the fields that are words, as text to compare.
export function worded(pairs) {
  return JSON.stringify([...pairs].filter(([name, value]) => !passing.has(name) && value !== ""))
}

// put keeps an entry and reports whether the browser did.
export function put(name, entry) {
  try {
    localStorage.setItem(name, JSON.stringify(entry))
    return true
  } catch {
    return tidy(name) && retry(name, entry)
  }
}

function retry(name, entry) {
  try {
    localStorage.setItem(name, JSON.stringify(entry))
    return true
  } catch {
    return false
  }
}

export function get(name) {
  try {
    return JSON.parse(localStorage.getItem(name))
  } catch {
    return null
  }
}

export function drop(name) {
  try { localStorage.removeItem(name) } catch { /* nothing was kept */ }
}

// tidy makes room by what the desk has too, the oldest first.
function tidy(name) {
  try {
    const safe = Object.keys(localStorage).filter((k) => k.startsWith(prefix) && k !== name && get(k)?.sure)
    for (const k of safe) localStorage.removeItem(k)
    return safe.length > 0
  } catch {
    return false
  }
}
