package wxr

import (
	"regexp"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
)

// body is a post's text.
type body struct {
	prose.Page
	lines []format.Line // of what was left out of it
}

// body reads the text as WordPress would have shown it.
func (a *Archive) body(e *entry) body {
	s := strings.ReplaceAll(e.content(), "\r\n", "\n")
	s, lines := a.shortcodes(s)
	if !strings.Contains(s, "<!-- wp:") {
		s = paragraphs(s)
	}
	return body{prose.Illustrated(s), lines}
}

var (
	tag   = regexp.MustCompile(`(?s)<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>`)
	block = map[string]bool{"address": true, "article": true, "aside": true, "blockquote": true, "dd": true, "div": true, "dl": true, "dt": true,
		"figcaption": true, "figure": true, "footer": true, "form": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
		"header": true, "hr": true, "li": true, "main": true, "nav": true, "ol": true, "p": true, "pre": true, "section": true, "table": true,
		"tbody": true, "td": true, "tfoot": true, "th": true, "thead": true, "tr": true, "ul": true, "br": true, "iframe": true}
	// raw are those in which line ends stay as they are.
	raw = map[string]bool{"pre": true, "script": true, "style": true, "textarea": true}
)

// paragraphs writes the tags that WordPress adds when it shows a post: blank
// lines part paragraphs, other line ends break lines, but beside tags that part
// by themselves.
func paragraphs(s string) string {
	var b strings.Builder
	within, at, parted := "", 0, true
	for _, m := range tag.FindAllStringSubmatchIndex(s, -1) {
		name, closing := "", false
		if m[4] >= 0 {
			name, closing = strings.ToLower(s[m[4]:m[5]]), m[3] > m[2]
		}
		parts := block[name]
		breaks(&b, s[at:m[0]], within != "", parted, parts)
		b.WriteString(s[m[0]:m[1]])
		at, parted = m[1], parts
		switch {
		case within == "" && raw[name] && !closing:
			within = name
		case within == name && closing:
			within = ""
		}
	}
	breaks(&b, s[at:], within != "", parted, true)
	return b.String()
}

// breaks writes a text between two tags.
func breaks(b *strings.Builder, s string, asIs, after, before bool) {
	if asIs || !strings.Contains(s, "\n") {
		b.WriteString(s)
		return
	}
	lines := strings.Split(s, "\n")
	for n, l := range lines {
		blank := strings.TrimSpace(l) == ""
		switch {
		case n == 0:
		case blank && n < len(lines)-1:
			b.WriteString("\n<p>")
			after = true
			continue
		case after && (n == 1 || strings.TrimSpace(lines[n-1]) == ""), before && n == len(lines)-1 && blank:
			b.WriteByte('\n')
		default:
			b.WriteString("<br>\n")
		}
		b.WriteString(l)
		after = after && blank
	}
}
