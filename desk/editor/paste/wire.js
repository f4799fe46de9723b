// Reads plain wire text: a headline, the dateline that opens the story, and
// paragraphs, however the lines were broken.

const months = {
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
  be: ["студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня"],
}

const place = String.raw`(?<place>\p{Lu}[^,.;:!?()\d]{0,60}?)`
const year = String.raw`(?:,?\s+(?<year>\d{4})(?:\s*(?:г|года)\.?)?)?`
const names = String.raw`[^().\d]{1,60}?`

// forms of a dateline. The day stands before the month or after it.
const day = (lang) => {
  const all = months[lang].map((m) => (m.length > 4 ? `${m}|${m.slice(0, 3)}[a-zа-яёіў]{0,2}\\.?` : m)).join("|")
  const month = `(?<month>${all})`
  return lang === "en" ? `(?:${month}\\s+(?<day>\\d{1,2}))` : `(?:(?<day>\\d{1,2})\\s+${month})`
}

const dash = String.raw`\s*[-–—]{1,2}\s+`
const forms = Object.keys(months).flatMap((lang) => [
  // MINSK, October 25 (Pozirk) – / МИНСК, 25 октября. /ТАСС/.
  `^(?:${place},\\s+)?${day(lang)}${year}[.,]?\\s*[(/](?<credit>${names})[)/]\\.?(?:${dash}|\\s+)`,
  // Minsk, October 25, Pozirk. / 25 октября, Позірк.
  `^(?:${place},\\s+)?${day(lang)}${year},\\s+(?<credit>${names})\\.\\s+`,
  // МИНСК, 25 октября – РИА Новости.
  `^${place},\\s+${day(lang)}${year}${dash}(?<credit>\\p{Lu}${names})\\.\\s+`,
].map((f) => ({ lang, form: new RegExp(f, "u") })))
// MINSK (Reuters) –
forms.push({ lang: "", form: new RegExp(`^(?<place>\\p{Lu}[\\p{Lu}\\s.'’-]{1,60})\\s+\\((?<credit>${names})\\)${dash}`, "u") })

// recognise gives what the text says of itself; null if it is one line.
export function recognise(text, lang, today, agencies = []) {
  const lines = paragraphs(text)
  if (lines.length < 2) return null
  const found = { headline: "", paragraphs: lines }
  const line = dateline(lines[0], lang, today, agencies)
  if (!line && lines[0].length <= 200 && !/[.;:,]$/.test(lines[0])) {
    found.headline = lines[0].replace(/\s+/g, " ")
    lines.shift()
  }
  const opens = line || dateline(lines[0], lang, today, agencies)
  if (opens) {
    lines[0] = opens.rest
    Object.assign(found, opens)
  }
  return found
}

// paragraphs joins lines that were broken at a width.
function paragraphs(text) {
  const all = []
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n/)) {
    const lines = block.split("\n").filter((l) => l.trim())
    if (!lines.length) continue
    const body = lines.slice(0, -1)
    const broken = body.length > 0 && lines.every((l) => l.length <= 92) && body.every((l) => l.length >= 40) && body.some((l) => !/[.!?…”»"]\s*$/.test(l))
    if (!broken) all.push(...lines.map((l) => l.trim()))
    else for (const l of lines) {
      if (/^\s{2,}|^\t/.test(l) || l === lines[0]) all.push(l.trim())
      else all.push(all.pop() + " " + l.trim())
    }
  }
  return all
}

function dateline(text, lang, today, agencies) {
  const order = [...forms].sort((a, b) => (b.lang === lang) - (a.lang === lang))
  for (const { lang: of, form } of order) {
    const m = form.exec(text)
    if (!m || m[0].length > 120) continue
    const { place = "", credit = "", month = "" } = m.groups
    const date = month && nearest(of, m.groups, today)
    if (month && !date) continue
    return { lang: of, place: named(place.trim()), credit: agencies.includes(credit.trim()) ? "" : credit.trim(), date: date || "", rest: text.slice(m[0].length) }
  }
  return null
}

// nearest is the latest such day that is not after today.
function nearest(lang, groups, today) {
  const n = months[lang].findIndex((m) => m.toLowerCase().startsWith(groups.month.toLowerCase().replace(".", "").slice(0, 3)))
  const now = new Date(today + "T00:00:00Z")
  const years = groups.year ? [Number(groups.year)] : [0, 1, 2, 3, 4].map((back) => now.getUTCFullYear() - back)
  for (const y of years) {
    const d = new Date(Date.UTC(y, n, Number(groups.day)))
    if (d.getUTCMonth() === n && (groups.year || d <= now)) return d.toISOString().slice(0, 10)
  }
  return ""
}

// named writes a place in capitals as a name.
function named(place) {
  if (place !== place.toUpperCase()) return place
  return place.toLowerCase().replace(/(^|[\s'’-])(\p{L})/gu, (_, a, b) => a + b.toUpperCase())
}
