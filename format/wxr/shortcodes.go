package wxr

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"wireroom/format"
)

var (
	// opener is a shortcode's beginning: [gallery ids="1,2"]. Brackets are an
	// editor's insertion as well, so one that WordPress does not know itself
	// must have an attribute or an end of its own.
	opener = regexp.MustCompile(`\[(\[?)([a-zA-Z][a-zA-Z0-9_-]*)((?:\s+[^\[\]]*)?)(/?)\]`)
	pairs  = regexp.MustCompile(`([a-zA-Z_][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))`)
	image  = regexp.MustCompile(`(?is)(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?`)
)

// ours are the shortcodes that WordPress itself has.
var ours = []string{"caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist"}

// mostCodes bounds the work on a text that is nothing but brackets.
const mostCodes = 2000

// shortcodes turns what can be shown without a plugin into HTML and takes the
// rest out by name, but not the text that a shortcode encloses.
func (a *Archive) shortcodes(s string) (string, []format.Line) {
	var b strings.Builder
	var lines []format.Line
	for range mostCodes {
		m := opener.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		name, given := strings.ToLower(s[m[4]:m[5]]), attributes(s[m[6]:m[7]])
		inner, after, ends := enclosed(s[m[1]:], s[m[4]:m[5]])
		if m[3] > m[2] || !slices.Contains(ours, name) && len(given) == 0 && !ends {
			b.WriteString(s[:m[1]])
			s = s[m[1]:]
			continue
		}
		b.WriteString(s[:m[0]])
		if m[9] > m[8] {
			inner, after = "", s[m[1]:]
		}
		shown, known := a.show(name, given, inner)
		if known {
			b.WriteString(shown)
			s = after
			continue
		}
		lines = append(lines, format.Line{Name: "shortcode " + name, Value: s[m[0]:m[1]]})
		s = inner + after
	}
	b.WriteString(s)
	return b.String(), lines
}

// enclosed is what stands between a shortcode and its end, and what follows.
func enclosed(s, name string) (inner, after string, ends bool) {
	if inner, after, ends = strings.Cut(s, "[/"+name+"]"); ends {
		return inner, after, true
	}
	return "", s, false
}

func attributes(s string) map[string]string {
	all := map[string]string{}
	for _, m := range pairs.FindAllStringSubmatch(s, -1) {
		all[strings.ToLower(m[1])] = m[2] + m[3] + m[4]
	}
	return all
}

// show is a shortcode as HTML.
func (a *Archive) show(name string, given map[string]string, inner string) (string, bool) {
	switch name {
	case "caption", "wp_caption":
		picture := image.FindString(inner)
		words := given["caption"]
		if words == "" {
			words = strings.TrimSpace(strings.Replace(inner, picture, "", 1))
		}
		return "\n\n<figure>" + picture + "<figcaption>" + words + "</figcaption></figure>\n\n", true
	case "gallery":
		return a.gallery(given["ids"] + "," + given["include"])
	case "embed":
		return "\n\n" + html.EscapeString(strings.TrimSpace(html.UnescapeString(inner))) + "\n\n", true
	case "audio", "video":
		for _, key := range []string{"src", "mp3", "m4a", "ogg", "wav", "mp4", "webm", "m4v", "ogv"} {
			if src := given[key]; src != "" {
				return "\n\n<a href=\"" + html.EscapeString(src) + "\">" + html.EscapeString(src) + "</a>\n\n", true
			}
		}
	}
	return "", false
}

// gallery shows the pictures that the files hold; without one it is left out by
// name.
func (a *Archive) gallery(ids string) (string, bool) {
	var b strings.Builder
	for id := range strings.SplitSeq(ids, ",") {
		if p := a.pictures[strings.TrimSpace(id)]; p.file != "" {
			b.WriteString("<figure><img src=\"" + html.EscapeString(p.file) + "\">")
			if p.caption != "" {
				b.WriteString("<figcaption>" + html.EscapeString(p.caption) + "</figcaption>")
			}
			b.WriteString("</figure>")
		}
	}
	return "\n\n" + b.String() + "\n\n", b.Len() > 0
}
