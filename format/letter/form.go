package letter

import (
	"encoding/json"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
)

// form reads a letter whose text is the fields of a web form in JSON, each a
// text or a list of texts. It reports whether it was one.
func (l *letter) form(i *format.Item) bool {
	var fields map[string]any
	text := strings.TrimSpace(l.plain)
	if !strings.HasPrefix(text, "{") || json.Unmarshal([]byte(strings.ReplaceAll(text, "\n", " ")), &fields) != nil {
		return false
	}
	said := map[string]string{}
	for name, v := range fields {
		said[strings.ToLower(name)] = first(v)
	}
	body := prose.Text(said["body"])
	if strings.Contains(said["body"], "<p>") {
		body = prose.HTML(said["body"])
	}
	if said["headline"] == "" && said["body"] == "" || !body.Fits() {
		return false
	}
	c := &i.Content
	c.Body.Blocks, i.Size = body.Blocks, body.Size
	if h := format.Flat(said["headline"]); h != "" {
		l.note("subject", c.Headline)
		c.Headline = h
	}
	c.Slug, c.Teaser, c.Place, c.Byline = format.Flat(said["slugline"]), said["abstract"], format.Flat(said["dateline"]), format.Byline(said["byline"])
	if n, err := strconv.Atoi(said["priority"]); err == nil && n >= 1 && n <= 9 {
		c.Urgency = n
	} else if strings.EqualFold(said["priority"], "urgent") {
		c.Urgency = 3
	}
	c.Embargo = format.Embargoed(said["embargo"])
	if said["category"] != "" {
		i.Subjects = []format.Subject{{Name: format.Flat(said["category"])}}
	}
	for name, v := range fields {
		switch strings.ToLower(name) {
		case "headline", "body", "slugline", "abstract", "dateline", "byline", "category", "embargo":
		default:
			l.note(name, first(v))
		}
	}
	return true
}

// first is a text, or the texts of a list as one.
func first(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var all []string
		for _, e := range v {
			if s, ok := e.(string); ok && s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, ", ")
	}
	return ""
}
