// How the providers of embeds are called and where their things stand, as
// format/print has it.
const providers = {
  facebook: ["Facebook", "https://www.facebook.com/"], instagram: ["Instagram", "https://www.instagram.com/p/"], telegram: ["Telegram", "https://t.me/"],
  tiktok: ["TikTok", "https://www.tiktok.com/"], vimeo: ["Vimeo", "https://vimeo.com/"], x: ["X", "https://x.com/i/status/"], youtube: ["YouTube", "https://www.youtube.com/watch?v="],
}

export function embedWords({ provider, ref }) {
  const [name, at] = providers[provider] || [provider, ""]
  return `${name}: ${at}${ref}`
}
