package ninjs

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/story"
)

// subjects takes what the item is about; the names of those that are keywords
// alone come apart. A list that says more is kept for the note too.
func (f *fields) subjects(lists ...string) (all []format.Subject, keywords []string) {
	for _, l := range lists {
		whole := true
		for _, e := range listed(f.values[l]) {
			m, _ := e.(map[string]any)
			if textOf(m, "rel") == keyword {
				keywords = append(keywords, format.Flat(textOf(m, "name")))
				continue
			}
			s, more := subject(e)
			whole = whole && !more
			same := func(o format.Subject) bool { return o.Label() == s.Label() }
			if s.Label() != "" && !slices.ContainsFunc(all, same) {
				all = append(all, s)
			}
		}
		if f.values[l] != nil {
			f.taken[l] = whole
		}
	}
	return all, keywords
}

func listed(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		return []any{v}
	}
	return nil
}

// subject reads one concept, and whether it says more than a Subject holds.
func subject(v any) (s format.Subject, more bool) {
	name, more := concepted(v)
	s.Name = format.Flat(name)
	m, _ := v.(map[string]any)
	code, known := topic(m)
	if !known {
		return s, more
	}
	s.Code = code
	if textOf(m, "name") == "" {
		s.Name = ""
	}
	rest := map[string]any{}
	for n, v := range m {
		if !slices.Contains([]string{"uri", "qcode", "code", "scheme"}, strings.ToLower(n)) {
			rest[n] = v
		}
	}
	_, more = concepted(rest)
	return s, more
}

// topic finds a term of IPTC's Media Topics, by its address or its code.
func topic(m map[string]any) (code string, ok bool) {
	if code, ok := strings.CutPrefix(textOf(m, "uri"), topics); ok {
		return "medtop:" + code, true
	}
	if scheme := textOf(m, "scheme"); scheme == "medtop" || scheme == topics {
		return "medtop:" + strings.TrimPrefix(textOf(m, "code"), "medtop:"), true
	}
	for _, name := range []string{"code", "qcode", "uri"} {
		if s := textOf(m, name); strings.HasPrefix(s, "medtop:") {
			return s, true
		}
	}
	return "", false
}

// source takes a single source that is but a name.
func (f *fields) source() string {
	for _, l := range []string{"infosources", "infosource"} {
		all := listed(f.values[l])
		if len(all) != 1 {
			continue
		}
		m, _ := all[0].(map[string]any)
		if name, more := concepted(all[0]); !more && textOf(m, "name") == name {
			f.drop(l)
			return format.Flat(name)
		}
	}
	return ""
}

// ids takes the alternative ids if all of them are of the kinds that we write.
func (f *fields) ids(i *format.Item) {
	found := map[string]string{}
	switch v := f.values["altids"].(type) {
	case []any:
		for _, e := range v {
			m, _ := e.(map[string]any)
			found[textOf(m, "role")] = textOf(m, "value")
		}
	case map[string]any:
		for role, v := range v {
			found[role], _ = v.(string)
		}
	}
	number, err := strconv.ParseInt(cmp.Or(found["wire"], "0"), 10, 64)
	ours := err == nil && len(found) > 0
	for role := range found {
		ours = ours && slices.Contains([]string{"wire", "signal", "page"}, role)
	}
	if ours {
		f.drop("altids")
		i.Number, i.Signal, i.Page = number, story.Signal(found["signal"]), found["page"]
	}
}

// associated reads the pictures and the same story in other languages. They
// stay for the note, as a story takes neither from here.
func (f *fields) associated(i *format.Item) {
	members, _ := f.values["associations"].(map[string]any)
	names := make([]string, 0, len(members))
	for n := range members {
		names = append(names, n)
	}
	slices.Sort(names)
	all := listed(f.values["associations"])
	if members != nil {
		all = nil
		for _, n := range names {
			all = append(all, members[n])
		}
	}
	for n, e := range all {
		m, _ := e.(map[string]any)
		name := textOf(m, "name")
		if n < len(names) {
			name = names[n]
		}
		switch {
		case textOf(m, "type") == "picture":
			i.Pictures = append(i.Pictures, picture(m))
		case textOf(m, "rel") == translation || strings.HasPrefix(name, translation+"_"):
			i.Siblings = append(i.Siblings, format.Sibling{URI: textOf(m, "uri"), Lang: textOf(m, "language"), Headline: main(m, "headline")})
		}
	}
}

// main is an associated item's wording in either generation's form.
func main(m map[string]any, name string) string {
	for n, v := range m {
		if list, ok := v.([]any); ok && strings.EqualFold(n, name+"s") && len(list) > 0 {
			first, _ := list[0].(map[string]any)
			return textOf(first, "value")
		}
	}
	return cmp.Or(textOf(m, name), textOf(m, name+"_text"))
}

func picture(m map[string]any) format.Picture {
	p := format.Picture{ID: cmp.Or(textOf(m, "uri"), textOf(m, "guid")), Caption: main(m, "description"), Alt: main(m, "headline"),
		Credit: cmp.Or(textOf(m, "by"), textOf(m, "byline"))}
	if _, id, ok := strings.Cut(p.ID, "#"); ok {
		p.ID = id
	}
	add := func(v any) {
		r, _ := v.(map[string]any)
		width, _ := r["width"].(float64)
		height, _ := r["height"].(float64)
		p.Sizes = append(p.Sizes, format.Size{Href: textOf(r, "href"), Type: cmp.Or(textOf(r, "contenttype"), textOf(r, "mimetype")),
			Width: int(width), Height: int(height)})
	}
	switch v := m["renditions"].(type) {
	case []any:
		for _, r := range v {
			add(r)
		}
	case map[string]any:
		for _, r := range v {
			add(r)
		}
	}
	slices.SortFunc(p.Sizes, func(a, b format.Size) int { return cmp.Or(a.Width-b.Width, cmp.Compare(a.Href, b.Href)) })
	return p
}
