package print

import (
	"net/url"
	"strings"
)

// providers gives each known provider's name and the address before the ref.
var providers = map[string][2]string{
	"facebook":  {"Facebook", "https://www.facebook.com/"},
	"instagram": {"Instagram", "https://www.instagram.com/p/"},
	"telegram":  {"Telegram", "https://t.me/"},
	"tiktok":    {"TikTok", "https://www.tiktok.com/"},
	"vimeo":     {"Vimeo", "https://vimeo.com/"},
	"x":         {"X", "https://x.com/i/status/"},
	"youtube":   {"YouTube", "https://www.youtube.com/watch?v="},
}

// Embed gives an embed's name for a reader and its address; the address of an
// unknown provider is "".
func Embed(provider, ref string) (name, address string) {
	p, ok := providers[provider]
	if !ok {
		return provider, ""
	}
	parts := strings.Split(ref, "/")
	for i, s := range parts {
		parts[i] = url.PathEscape(s)
	}
	if strings.Contains(p[1], "?") {
		return p[0], p[1] + url.QueryEscape(ref)
	}
	return p[0], p[1] + strings.Join(parts, "/")
}
