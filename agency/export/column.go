package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// kind is how a column's value stands in a line.
type kind byte

const (
	text kind = iota
	number
	moment // a number of milliseconds, as RFC 3339; 0 is null
	truth  // 1 and 0
	tree   // a text that is JSON
)

// column is a column of a table and the field of a line that holds it.
type column struct {
	name, field string
	kind        kind
	left        bool // it stays here
}

var signs = []struct {
	sign string
	kind kind
	left bool
}{{"{}", tree, false}, {"-#", number, true}, {"-", text, true}, {"#", number, false}, {"@", moment, false}, {"?", truth, false}}

func parseColumn(word string) (c column, err error) {
	for _, s := range signs {
		if bare, ok := strings.CutSuffix(word, s.sign); ok {
			word, c.kind, c.left = bare, s.kind, s.left
			break
		}
	}
	var renamed bool
	if c.field, c.name, renamed = strings.Cut(word, "="); !renamed {
		c.name = c.field
	}
	for _, part := range []string{c.name, c.field} {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz_") != "" || part == sumField {
			return c, fmt.Errorf("%q is no column", word)
		}
	}
	return c, nil
}

// byText is whether the table keeps a text there, and not a number.
func (c column) byText() bool { return c.kind == text || c.kind == tree }

// blank is what a table gets in a column that stays elsewhere.
func (c column) blank() any {
	if c.byText() {
		return ""
	}
	return int64(0)
}

// stamp is how times stand in lines.
const stamp = "2006-01-02T15:04:05.000Z"

// write puts a value from the table into a line. What take makes of it is that
// value again, whatever it was.
func (c column) write(b *bytes.Buffer, v any) error {
	switch v := v.(type) {
	case nil:
		if c.kind == moment {
			return fmt.Errorf("%s is nothing at all", c.name)
		}
		b.WriteString("null")
		return nil
	case int64:
		if c.byText() {
			return fmt.Errorf("%s is a number, not a text", c.name)
		}
		c.writeNumber(b, v)
		return nil
	case string:
		if !c.byText() {
			return fmt.Errorf("%s is a text, not a number", c.name)
		}
		if !utf8.ValidString(v) {
			return fmt.Errorf("%s is not UTF-8", c.name)
		}
		if c.kind == tree && isTree(v) {
			b.WriteString(v)
			return nil
		}
		return writeText(b, v)
	}
	return fmt.Errorf("%s is of an unknown kind, %T", c.name, v)
}

func (c column) writeNumber(b *bytes.Buffer, n int64) {
	switch {
	case c.kind == truth && n == 1:
		b.WriteString("true")
	case c.kind == truth && n == 0:
		b.WriteString("false")
	case c.kind == moment && n == 0:
		b.WriteString("null")
	case c.kind == moment && inYears(n):
		b.WriteString(time.UnixMilli(n).UTC().Format(`"` + stamp + `"`))
	default:
		b.WriteString(strconv.FormatInt(n, 10))
	}
}

// inYears is whether the instant falls into a year of four digits.
func inYears(ms int64) bool {
	const first, after = -62135596800000, 253402300800000 // years 1 and 10000
	return first <= ms && ms < after
}

// isTree is whether JSON can stand in a line as it is. Whatever else it is
// stands there as a text.
func isTree(s string) bool {
	return s != "" && (s[0] == '{' || s[0] == '[') && !strings.ContainsAny(s, "\r\n") && json.Valid([]byte(s))
}

func writeText(b *bytes.Buffer, s string) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	b.Truncate(b.Len() - 1) // the encoder ends the line
	return err
}

// take reads a value from a line.
func (c column) take(raw json.RawMessage) (any, error) {
	switch {
	case len(raw) == 0:
		return nil, fmt.Errorf("%s is missing", c.field)
	case string(raw) == "null" && c.kind == moment:
		return int64(0), nil
	case string(raw) == "null":
		return nil, nil
	case c.kind == tree && (raw[0] == '{' || raw[0] == '['):
		return string(raw), nil
	case c.byText() || c.kind == moment && raw[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, fmt.Errorf("%s is no text", c.field)
		}
		if c.kind == moment {
			return takeTime(c.field, s)
		}
		return s, nil
	case c.kind == truth && string(raw) == "true":
		return int64(1), nil
	case c.kind == truth && string(raw) == "false":
		return int64(0), nil
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%s is no number", c.field)
	}
	return n, nil
}

func takeTime(field, s string) (any, error) {
	t, err := time.Parse(stamp, s)
	if err != nil {
		return nil, fmt.Errorf("%s is no time like %s", field, stamp)
	}
	return t.UnixMilli(), nil
}
