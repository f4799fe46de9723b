package tree

import (
	"io"
	"strings"

	"wireroom/format/print"
)

// Writer writes XML. What XML can't carry becomes U+FFFD.
type Writer struct {
	b    strings.Builder
	open []string
}

var (
	textual   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;", "\n", "&#10;", "\t", "&#9;")
)

// Open begins an element. The attributes come as names and values in turn; one
// without a value is left out.
func (w *Writer) Open(name string, attrs ...string) {
	w.start(name, attrs)
	w.b.WriteByte('>')
	w.open = append(w.open, name)
}

func (w *Writer) start(name string, attrs []string) {
	w.b.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.b.WriteString(" " + attrs[i] + `="` + attribute.Replace(print.Carried(attrs[i+1])) + `"`)
		}
	}
}

// Close ends the innermost element that is open.
func (w *Writer) Close() {
	last := len(w.open) - 1
	w.b.WriteString("</" + w.open[last] + ">")
	w.open = w.open[:last]
}

// Leaf writes an element with a text, or none at all if there is no text and no
// attribute has a value.
func (w *Writer) Leaf(name, text string, attrs ...string) {
	empty := text == ""
	for i := 1; i < len(attrs); i += 2 {
		empty = empty && attrs[i] == ""
	}
	if empty {
		return
	}
	w.start(name, attrs)
	if text == "" {
		w.b.WriteString("/>")
		return
	}
	w.b.WriteByte('>')
	w.Text(text)
	w.b.WriteString("</" + name + ">")
}

// Text writes text.
func (w *Writer) Text(s string) { w.b.WriteString(textual.Replace(print.Carried(s))) }

// Raw writes markup that is XML already.
func (w *Writer) Raw(markup string) { w.b.WriteString(markup) }

// To hands over the document.
func (w *Writer) To(out io.Writer) error {
	_, err := io.WriteString(out, w.b.String())
	return err
}

// Header opens a document.
const Header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
