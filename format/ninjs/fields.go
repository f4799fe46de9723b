package ninjs

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"wireroom/format"
)

// fields are an item's members by their names in small letters, with what was
// taken from them.
type fields struct {
	values map[string]any
	names  map[string]string // as they stand in the item
	taken  map[string]bool
	over   []format.Line // what was taken only in part, for the note
	size   int           // of what the wordings became, in bytes of JSON
	bad    *format.Error // what spoils the item
}

func newFields(members map[string]any) *fields {
	f := &fields{values: make(map[string]any, len(members)), names: make(map[string]string, len(members)), taken: map[string]bool{}}
	for name, v := range members {
		folded := strings.ToLower(name)
		f.values[folded], f.names[folded] = v, name
	}
	return f
}

// text takes the first of the named texts that is not empty.
func (f *fields) text(names ...string) string {
	for _, n := range names {
		if s, ok := f.values[n].(string); ok && s != "" {
			f.taken[n] = true
			return s
		}
	}
	return ""
}

// drop takes what says nothing that the story does not say itself.
func (f *fields) drop(names ...string) {
	for _, n := range names {
		f.taken[n] = true
	}
}

// starting lists the names that begin so, sorted, without those taken.
func (f *fields) starting(start string) []string {
	var all []string
	for n := range f.values {
		if strings.HasPrefix(n, start) && !f.taken[n] {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

// concepts takes the names in lists of concepts: people, places, subjects … A
// list that says more than names is kept for the note too.
func (f *fields) concepts(lists ...string) []string {
	var names []string
	seen := map[string]bool{"": true}
	for _, l := range lists {
		var all []any
		switch v := f.values[l].(type) {
		case []any:
			all = v
		case map[string]any:
			all = []any{v}
		default:
			continue
		}
		whole := true
		for _, e := range all {
			name, rest := concepted(e)
			whole = whole && !rest
			if name = format.Flat(name); !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
		f.taken[l] = whole
	}
	return names
}

// concepted gives a concept's name, or else what stands for one, and whether
// it says more.
func concepted(v any) (name string, more bool) {
	if s, ok := v.(string); ok {
		return s, false
	}
	members, ok := v.(map[string]any)
	if !ok {
		return "", v != nil
	}
	for _, key := range []string{"name", "literal", "code", "uri"} {
		if s, ok := members[key].(string); ok && s != "" && name == "" {
			name = s
			continue
		}
		more = more || hasContent(members[key])
	}
	for key, v := range members {
		if !strings.Contains(" name literal code uri ", " "+key+" ") {
			more = more || hasContent(v)
		}
	}
	return name, more
}

func hasContent(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return slices.ContainsFunc(v, hasContent)
	case map[string]any:
		for _, e := range v {
			if hasContent(e) {
				return true
			}
		}
		return false
	}
	return true
}

// note writes what was not taken under the editor's note, a line for each
// field, and lists what finds no room there.
func (f *fields) note(note string) (whole string, lost []string) {
	lines := f.over
	for name, v := range f.values {
		if !f.taken[name] && hasContent(v) {
			lines = append(lines, format.Line{Name: f.names[name], Value: plain(v)})
		}
	}
	return format.Noted(note, lines)
}

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any, []any:
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if e.Encode(v) != nil {
			return ""
		}
		return strings.TrimSpace(b.String())
	}
	return fmt.Sprint(v)
}
