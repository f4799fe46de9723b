package ninjs

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wireroom/format"
)

// check holds an item against the standard, and gives the first field that
// breaks it, in the order of names.
func check(members map[string]any, version string, lenient bool) *format.Error {
	c := &checker{version: version}
	if lenient {
		c.loosely(members)
	} else {
		c.value("", members, newsItem)
	}
	if c.bad != nil {
		c.bad.Field = format.Brief(c.bad.Field)
	}
	return c.bad
}

type checker struct {
	version string
	bad     *format.Error
}

func (c *checker) fail(field, reason string, args ...any) {
	if c.bad == nil || field < c.bad.Field {
		c.bad = &format.Error{Field: field, Reason: fmt.Sprintf(reason, args...)}
	}
}

// basics are the fields of a dialect that must be as the standard has them,
// for the story is made of them.
var basics = []string{"uri", "headline", "language", "urgency", "versioncreated", "firstcreated", "embargoed", "slugline",
	"byline", "headlines", "bodies", "descriptions", "by"}

func (c *checker) loosely(members map[string]any) {
	if members["uri"] == nil && members["guid"] == nil {
		c.fail("guid", "is missing")
	}
	for _, name := range basics {
		if v := members[name]; v != nil {
			c.value(name, v, newsItem.fields[name])
		}
	}
	for name, v := range members {
		body := name == "guid" || strings.HasPrefix(name, "body_") || strings.HasPrefix(name, "description_")
		if _, ok := v.(string); body && v != nil && !ok {
			c.fail(name, "must be a text")
		}
	}
}

// value holds v against the rule; null is as good as nothing.
func (c *checker) value(at string, v any, r *rule) {
	if v == nil {
		return
	}
	if r.since != "" && c.before(r.since) {
		c.fail(at, "came with version %s", r.since)
		return
	}
	switch v := v.(type) {
	case string:
		if r.kind == text {
			c.text(at, v, r)
			return
		}
	case float64:
		switch {
		case r.kind == number:
			return
		case r.kind == whole && v == math.Trunc(v) && v >= r.from && v <= r.to:
			return
		case r.kind == whole:
			c.fail(at, "must be a whole number from %v to %v, not %v", r.from, r.to, v)
			return
		}
	case map[string]any:
		if r.kind == object {
			c.object(at, v, r)
			return
		}
	case []any:
		if r.kind == array {
			for i, e := range v {
				c.value(at+"["+strconv.Itoa(i)+"]", e, r.each)
			}
			return
		}
	}
	if r.or != nil {
		c.value(at, v, r.or)
		return
	}
	c.fail(at, "must be %v", r.kind)
}

// before reports whether the item's version is one of the old ones named.
func (c *checker) before(version string) bool { return c.version != "" && c.version < version }

func (c *checker) text(at, s string, r *rule) {
	if r.form != nil && !r.form(s) {
		c.fail(at, "%q is no date like 2024-10-25, in full or from the left", format.Brief(s))
	}
	if r.words == nil {
		return
	}
	var allowed []string
	for _, w := range r.words {
		word, since, _ := strings.Cut(w, "@")
		if since == "" || !c.before(since) {
			allowed = append(allowed, word)
		}
	}
	if !slices.Contains(allowed, s) {
		c.fail(at, "must be one of %s, not %q", strings.Join(allowed, ", "), format.Brief(s))
	}
}

func (c *checker) object(at string, members map[string]any, r *rule) {
	has := map[string]bool{}
	for name, v := range members {
		folded := strings.ToLower(name)
		has[folded] = v != nil
		path := format.Brief(name)
		if at != "" {
			path = at + "." + path
		}
		switch known := r.fields[folded]; {
		case known != nil:
			c.value(path, v, known)
		case r.each != nil:
			c.value(path, v, r.each)
		case r.isNamed(folded):
			if _, ok := v.(string); !ok && v != nil && folded[0] != 'g' {
				c.fail(path, "must be a text")
			}
		case !r.open:
			c.fail(path, "is no field of the standard")
		}
	}
	c.together(at, has, r)
}

// together looks at which members stand side by side.
func (c *checker) together(at string, has map[string]bool, r *rule) {
	for _, name := range r.need {
		if !has[name] {
			c.fail(strings.TrimPrefix(at+"."+name, "."), "is missing")
		}
	}
	for _, pair := range r.not {
		if has[pair[0]] && has[pair[1]] {
			c.fail(at, "can't have both %s and %s", pair[0], pair[1])
		}
	}
	for _, pair := range r.either {
		if has[pair[0]] == has[pair[1]] {
			c.fail(at, "must have either %s or %s", pair[0], pair[1])
		}
	}
}

// isNamed accepts a name such as body_html: a known beginning and letters.
func (r *rule) isNamed(name string) bool {
	for _, start := range r.named {
		if rest, ok := strings.CutPrefix(name, start); ok && rest != "" {
			return rest[0] == '_' || rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= '0' && rest[0] <= '9'
		}
	}
	return false
}

var dateForm = regexp.MustCompile(`^-?\d{4,}(-(1[0-2]|0[1-9])(-(3[01]|0[1-9]|[12]\d)(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?)?)?$`)

func truncatedDate(s string) bool { return dateForm.MatchString(s) }
