// Addresses of what stands elsewhere: videos and posts that become quiet links.
const known = [
  ["youtube", /^https?:\/\/(?:www\.|m\.)?(?:youtube\.com\/(?:watch\?(?:.*&)?v=|shorts\/|embed\/|live\/)|youtu\.be\/)([\w-]{6,20})/],
  ["telegram", /^https?:\/\/(?:t|telegram)\.me\/(?:s\/)?(\w{3,64}\/\d+)/],
  ["x", /^https?:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/\w+\/status\/(\d+)/],
  ["instagram", /^https?:\/\/(?:www\.)?instagram\.com\/(?:p|reel)\/([\w-]+)/],
  ["tiktok", /^https?:\/\/(?:www\.)?tiktok\.com\/(@[\w.]+\/video\/\d+)/],
  ["facebook", /^https?:\/\/(?:www\.|m\.)?facebook\.com\/([\w.]+\/(?:posts|videos)\/[\w.]+)/],
  ["vimeo", /^https?:\/\/(?:www\.)?vimeo\.com\/(\d+)/],
]

// embed gives the provider and its own name for what the address shows; null
// if it is an address like others.
export function embed(address) {
  for (const [provider, form] of known) {
    const m = form.exec(address)
    if (m) return { provider, ref: m[1] }
  }
  return null
}
