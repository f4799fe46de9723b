package telex

import (
	"regexp"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/prose"
)

var (
	// anpaSecond is priority, category, the signs for kind and version, keyword,
	// date and words.
	anpaSecond = regexp.MustCompile(`(?m)^([a-z]) ([a-z])[\x13\x14][\x11\x12] ?(\S.*?)\s+(\d{2}-\d{2}) (\d{4})\s*$`)
	anpaTime   = regexp.MustCompile(`(\d{2}-\d{2}-\d{2}) (\d{4})GMT`)
	anpaWords  = regexp.MustCompile(`,\d*$`)
)

// priorities are ANPA's, as IPTC's urgencies; others are routine.
var priorities = map[string]int{"f": 1, "b": 2, "u": 3, "r": 4, "d": 6}

// anpa reads a message of ANPA 1312.
func (r *reading) anpa(head, rest string) (format.Item, error) {
	found := anpaSecond.FindStringSubmatch(head)
	if found == nil {
		return format.Item{}, &format.Error{Line: 2, Field: "header", Reason: "is not that of ANPA: priority, category, keyword, date, words"}
	}
	c := &r.item.Content
	if c.Urgency = priorities[found[1]]; c.Urgency == 0 {
		c.Urgency = 5
	}
	c.Slug = anpaSlug(found[3])
	r.note("category", found[2])
	r.note("message", strings.ReplaceAll(strings.TrimSpace(strings.SplitN(head, "\n", 2)[0]), anpaMark, " "))
	body, tail, _ := strings.Cut(rest, etx)
	body = r.anpaTop(prose.Printable(body))
	if at := anpaTime.FindStringSubmatch(tail); at != nil {
		r.item.Created, _ = time.Parse("01-02-06 1504", at[1]+" "+at[2])
	}
	return r.done(prose.Wrapped(body), "")
}

// anpaTop takes the lines over the text, which begin with ^: the keyword again,
// the headline, notes to editors and the byline.
func (r *reading) anpaTop(body string) (text string) {
	c := &r.item.Content
	lines := strings.Split(body, "\n")
	n := 0
	for ; n < len(lines); n++ {
		l := strings.TrimSpace(lines[n])
		if l == "" {
			continue
		}
		rest, over := strings.CutPrefix(l, "^")
		if !over {
			break
		}
		l = strings.TrimSpace(strings.TrimRight(rest, "<= "))
		switch low := strings.ToLower(l); {
		case n == 0:
			c.Slug = anpaSlug(anpaWords.ReplaceAllString(l, ""))
			r.flag(strings.ToUpper(l))
		case strings.HasPrefix(low, "by "):
			c.Byline = format.Byline(l)
		case strings.HasPrefix(low, "eds:") || strings.HasPrefix(low, "ap photo") || c.Byline != "":
			r.note("advisory", l)
		case c.Headline == "":
			c.Headline = l
		case c.Teaser == "":
			c.Teaser = l
		default:
			r.note("advisory", l)
		}
	}
	for k, l := range lines[n:] {
		if strings.TrimSpace(l) == "^END<" {
			l = ""
		}
		lines[n+k] = strings.TrimSuffix(strings.TrimRight(l, " "), "<")
	}
	return strings.Join(lines[n:], "\n")
}

// anpaSlug is a keyword without the cycle that it is for.
func anpaSlug(s string) string {
	for _, cycle := range []string{"BC-", "AM-", "PM-", "AP-"} {
		s = strings.TrimPrefix(s, cycle)
	}
	return strings.Trim(strings.TrimSpace(s), "-")
}
