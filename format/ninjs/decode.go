package ninjs

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"unicode/utf8"

	"wireroom/format"
)

// Decode reads items. A *format.Error stands for an item that can't be read, with
// the rest going on; after any other error there is nothing more.
func Decode(r io.Reader) iter.Seq2[format.Item, error] { return DecodeAs(r, "") }

// DecodeAs is Decode by the rules of one version of the standard ("1.0"); "" is
// the newest that allows the item.
func DecodeAs(r io.Reader, version string) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		frames(r, func(f frame, err error) bool {
			if err != nil {
				return yield(format.Item{}, told(f.line, err))
			}
			return decode(f, version, yield)
		})
	}
}

// told turns what json and gzip say of a broken file into words.
func told(line int, err error) error {
	var syntax *json.SyntaxError
	var damaged flate.CorruptInputError
	switch {
	case errors.Is(err, errTooLong):
		return &format.Error{Line: line, Reason: err.Error()}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &format.Error{Line: line, Reason: "the file ends within an item"}
	case errors.As(err, &syntax):
		return &format.Error{Line: line, Reason: "this is no JSON: " + syntax.Error()}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &damaged):
		return &format.Error{Line: line, Reason: "the gzip is damaged"}
	}
	return err
}

// decode gives the item, or items, in one JSON value.
func decode(f frame, version string, yield func(format.Item, error) bool) bool {
	broken := func(field, reason string) bool {
		return yield(format.Item{}, &format.Error{Line: f.line, Field: field, Reason: reason})
	}
	if !utf8.Valid(f.raw) {
		return broken("", "the text is not UTF-8")
	}
	if loneSurrogate(f.raw) {
		return broken("", `there is half a character in it (\ud800 to \udfff without its other half)`)
	}
	var value any
	if err := json.Unmarshal(f.raw, &value); err != nil {
		return yield(format.Item{}, told(f.line, err))
	}
	members, ok := value.(map[string]any)
	if !ok {
		return broken("", "an item is an object in braces")
	}
	if wrapped := unwrap(members); wrapped != nil {
		for _, w := range wrapped {
			if !one(w, f, "", true, yield) {
				return false
			}
		}
		return true
	}
	return one(members, f, version, dialect(members), yield)
}

func one(members map[string]any, f frame, version string, lenient bool, yield func(format.Item, error) bool) bool {
	if bad := check(members, version, lenient); bad != nil {
		bad.Line = f.line
		return yield(format.Item{}, bad)
	}
	item, err := newItem(members)
	if err != nil {
		err.Line = f.line
		return yield(format.Item{}, err)
	}
	item.Line, item.Size = f.line, item.Size+len(f.raw)
	return yield(item, nil)
}

// dialect tells Superdesk's items, which have more fields than the standard.
func dialect(members map[string]any) bool {
	for _, mark := range []string{"guid", "priority", "service", "evolvedfrom", "extra"} {
		if _, ok := members[mark]; ok {
			return true
		}
	}
	return false
}

// unwrap finds the items in the answer of an agency's service:
// {"item": […]}, {"data": {"item": {…}}}, {"data": {"items": [{"item": {…}}]}}.
func unwrap(members map[string]any) []map[string]any {
	if members["uri"] != nil || members["guid"] != nil {
		return nil
	}
	for _, name := range []string{"item", "items", "data"} {
		var list []any
		switch v := members[name].(type) {
		case map[string]any:
			list = []any{v}
		case []any:
			list = v
		}
		var found []map[string]any
		for _, e := range list {
			inner, ok := e.(map[string]any)
			if !ok {
				continue
			}
			if deeper := unwrap(inner); deeper != nil {
				found = append(found, deeper...)
			} else if inner["uri"] != nil || inner["guid"] != nil {
				found = append(found, inner)
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// loneSurrogate finds what json would replace by a question mark in silence.
func loneSurrogate(raw []byte) bool {
	if !bytes.Contains(raw, []byte(`\ud`)) && !bytes.Contains(raw, []byte(`\uD`)) {
		return false
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		switch half(raw[i:]) {
		case 'l':
			return true
		case 'h':
			if half(raw[i+6:]) != 'l' {
				return true
			}
			i += 11
		default:
			i++
		}
	}
	return false
}

// half tells whether an escape is the high or the low half of a character.
func half(raw []byte) byte {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' || raw[2]|0x20 != 'd' {
		return 0
	}
	switch c := raw[3] | 0x20; {
	case raw[3] == '8' || raw[3] == '9' || c == 'a' || c == 'b':
		return 'h'
	case c >= 'c' && c <= 'f':
		return 'l'
	}
	return 0
}
