package prose

import (
	"net/url"
	"strings"

	"wireroom/story"
)

// embedded finds the provider and its id in the address of something that is
// embedded.
func embedded(address string) (provider, ref string, ok bool) {
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "", "", false
	}
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "m.")
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	provider, ref = place(host, parts, u.Query())
	return provider, ref, ref != "" && len(ref) <= story.MaxLine && isRef(ref)
}

func place(host string, parts []string, q url.Values) (provider, ref string) {
	at := func(n int) string {
		if n < len(parts) {
			return parts[n]
		}
		return ""
	}
	switch host {
	case "youtube.com", "youtube-nocookie.com":
		switch at(0) {
		case "watch":
			return "youtube", q.Get("v")
		case "embed", "v", "shorts", "live":
			return "youtube", at(1)
		}
	case "youtu.be":
		return "youtube", at(0)
	case "vimeo.com", "player.vimeo.com":
		return "vimeo", number(parts)
	case "t.me":
		if len(parts) == 2 && number(parts[1:]) != "" {
			return "telegram", parts[0] + "/" + parts[1]
		}
	case "twitter.com", "x.com":
		if at(1) == "status" {
			return "x", number(parts[2:])
		}
	case "instagram.com":
		if at(0) == "p" || at(0) == "reel" {
			return "instagram", at(1)
		}
	case "tiktok.com":
		if at(1) == "video" {
			return "tiktok", strings.Join(parts, "/")
		}
	}
	return "", ""
}

// number is the first part that has digits alone.
func number(parts []string) string {
	for _, p := range parts {
		if p != "" && strings.Trim(p, "0123456789") == "" {
			return p
		}
	}
	return ""
}

func isRef(s string) bool {
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_/@.", r):
		default:
			return false
		}
	}
	return true
}
