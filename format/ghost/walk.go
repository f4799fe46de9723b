package ghost

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"wireroom/format"
)

// maxDepth is how deep the rows may lie in a file: db[0].data.posts has 3.
const maxDepth = 4

// errStop ends a walk early.
var errStop = errors.New("stop")

// walk gives each row of the lists in a file with the list's name, and passes
// over the lists that are not wanted. What is wrong is a *format.Error.
func walk(r io.Reader, wanted map[string]bool, row func(line int, list string, n int, data json.RawMessage) error) error {
	in := format.NewPortions(r)
	w := &walker{in: in, d: json.NewDecoder(in), wanted: wanted, row: row, line: 1}
	err := w.value("", 0)
	switch {
	case errors.Is(err, errStop):
		return nil
	case err != nil:
		var bad *format.Error
		if errors.As(err, &bad) {
			return err
		}
		reason := "this is no JSON: " + format.Brief(err.Error())
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			reason = "the file ends too early"
		case errors.Is(err, format.ErrPortion):
			reason = err.Error()
		}
		return &format.Error{Line: w.here(), Reason: reason}
	case !w.posts:
		return &format.Error{Line: 1, Reason: `this is no export of Ghost: there are no "posts" in it`}
	}
	return nil
}

type walker struct {
	in     *format.Portions
	d      *json.Decoder
	wanted map[string]bool
	row    func(int, string, int, json.RawMessage) error
	line   int
	posts  bool
}

func (w *walker) here() int {
	w.line = max(w.line, w.in.Line(w.d.InputOffset()))
	return w.line
}

// value reads what stands under a name.
func (w *walker) value(name string, depth int) error {
	w.in.Grant()
	t, err := w.d.Token()
	if err != nil {
		return err
	}
	switch {
	case t == json.Delim('['):
		return w.list(name, depth)
	case t != json.Delim('{'):
		return nil
	case depth >= maxDepth:
		return w.pass()
	}
	for w.d.More() {
		key, err := w.d.Token()
		if err != nil {
			return err
		}
		if err := w.value(fmt.Sprint(key), depth+1); err != nil {
			return err
		}
	}
	_, err = w.d.Token()
	return err
}

func (w *walker) list(name string, depth int) error {
	w.posts = w.posts || name == "posts"
	for n := 0; w.d.More(); n++ {
		w.in.Grant()
		if w.wanted[name] {
			var data json.RawMessage
			if err := w.d.Decode(&data); err != nil {
				return err
			}
			w.line = max(w.line, w.in.Line(w.d.InputOffset()-int64(len(data))))
			if err := w.row(w.line, name, n, data); err != nil {
				return err
			}
			continue
		}
		if name == "db" || name == "" {
			if err := w.value("", depth+1); err != nil {
				return err
			}
			continue
		}
		if err := w.skip(); err != nil {
			return err
		}
	}
	_, err := w.d.Token()
	return err
}

// skip passes over a value.
func (w *walker) skip() error {
	t, err := w.d.Token()
	if err != nil || t != json.Delim('{') && t != json.Delim('[') {
		return err
	}
	return w.pass()
}

// pass goes to the end of what is open.
func (w *walker) pass() error {
	for depth := 1; depth > 0; {
		w.in.Grant()
		t, err := w.d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}
