// Where a link may lead: to the web, a mailbox or a path on this host, as
// story.SafeHref has it.

// safe reports whether href is one that the server takes as it stands.
export function safe(to) {
  if (!to || to.length > 2000 || /[\u0000-\u0020\u007f-\u009f\ufffe\uffff\\]/.test(to) || /%(?![0-9a-f]{2})/i.test(to)) return false
  if (to.startsWith("/")) return !to.startsWith("//")
  return /^https?:\/\/[^/?#]/i.test(to) || /^mailto:[^/]/i.test(to)
}

// href makes a typed or pasted address one that is safe; "" if it cannot be.
export function href(typed) {
  let to = String(typed || "").trim()
  if (/^[\w.-]+@[\w-]+(\.[\w-]+)+$/.test(to)) to = "mailto:" + to
  else if (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(to)) to = "https://" + to
  try {
    if (!to.startsWith("/")) to = new URL(to).href
  } catch {
    return ""
  }
  to = to.replace(/%(?![0-9a-f]{2})/gi, "%25").replace(/\s/g, "%20")
  return safe(to) ? to : ""
}
