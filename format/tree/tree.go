package tree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"wireroom/format"
)

const (
	// MaxBytes is how long a document may be.
	MaxBytes = 16 << 20
	maxNodes = 300_000
	maxDepth = 200
)

// Node is an element, or a piece of text if it has no Name. Its methods give
// nothing for a nil one, so that a path may lead nowhere.
type Node struct {
	Name  string // in small letters, without its prefix
	Space string // namespace of the name
	Text  string
	Nodes []*Node
	Line  int // on which it begins; counts from 1
	attrs []xml.Attr
}

// Read gives the root of a document. An error that is a *format.Error names
// the line that can't be read; any other is that of r.
func Read(r io.Reader) (*Node, error) {
	in, decoded, err := open(r)
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(in)
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if decoded {
			return in, nil
		}
		return charset.NewReaderLabel(label, in)
	}
	b := &builder{}
	for {
		line, _ := d.InputPos()
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return b.done(line)
		case err != nil:
			return nil, told(d, err)
		}
		if err := b.take(t, line); err != nil {
			return nil, err
		}
		if b.root != nil && len(b.open) == 0 {
			return b.root, nil // what follows the root is of no item
		}
	}
}

// open looks through a byte order mark, and tells whether the text is UTF-8 by
// then. Some agencies declare Latin letters of one byte and send UTF-8, which
// nothing else happens to look like.
func open(r io.Reader) (in io.Reader, decoded bool, err error) {
	all, err := io.ReadAll(io.LimitReader(r, MaxBytes))
	if err != nil {
		return nil, false, err
	}
	switch {
	case bytes.HasPrefix(all, []byte("\ufeff")):
		return bytes.NewReader(all[3:]), true, nil
	case bytes.HasPrefix(all, []byte{0xfe, 0xff}), bytes.HasPrefix(all, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(bytes.NewReader(all)), true, nil
	}
	return bytes.NewReader(all), utf8.Valid(all), nil
}

func told(d *xml.Decoder, err error) error {
	line, _ := d.InputPos()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return &format.Error{Line: syntax.Line, Reason: "this is no XML: " + format.Brief(syntax.Msg)}
	}
	if strings.HasPrefix(err.Error(), "xml: ") {
		return &format.Error{Line: line, Reason: "this is no XML: " + format.Brief(strings.TrimPrefix(err.Error(), "xml: "))}
	}
	return err
}

type builder struct {
	root  *Node
	open  []*Node
	nodes int
}

func (b *builder) take(t xml.Token, line int) error {
	switch t := t.(type) {
	case xml.StartElement:
		n := &Node{Name: strings.ToLower(t.Name.Local), Space: t.Name.Space, Line: line, attrs: slices.Clone(t.Attr)}
		if b.root == nil {
			b.root = n
		}
		b.put(n)
		b.open = append(b.open, n)
	case xml.EndElement:
		if len(b.open) > 0 {
			b.open = b.open[:len(b.open)-1]
		}
	case xml.CharData:
		if len(b.open) > 0 {
			b.put(&Node{Text: string(t), Line: line})
		}
	}
	switch {
	case b.nodes > maxNodes:
		return &format.Error{Line: line, Reason: fmt.Sprintf("the document has more than %d parts", maxNodes)}
	case len(b.open) > maxDepth:
		return &format.Error{Line: line, Reason: fmt.Sprintf("the document is nested deeper than %d elements", maxDepth)}
	}
	return nil
}

func (b *builder) put(n *Node) {
	b.nodes += 1 + len(n.attrs)
	if len(b.open) > 0 {
		into := b.open[len(b.open)-1]
		into.Nodes = append(into.Nodes, n)
	}
}

func (b *builder) done(line int) (*Node, error) {
	if b.root == nil {
		return nil, &format.Error{Line: line, Reason: "this is no XML: there is no element in it"}
	}
	return nil, &format.Error{Line: line, Reason: fmt.Sprintf("the file ends within <%s>", format.Brief(b.open[len(b.open)-1].Name))}
}

// Attr gives an attribute by its name in small letters; one without a
// namespace comes first.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	found := ""
	for _, a := range n.attrs {
		if strings.EqualFold(a.Name.Local, name) {
			if a.Name.Space == "" {
				return a.Value
			}
			found = a.Value
		}
	}
	return found
}

// Children gives the elements within n of that name; "" is any.
func (n *Node) Children(name string) []*Node {
	if n == nil {
		return nil
	}
	var all []*Node
	for _, c := range n.Nodes {
		if c.Name != "" && (name == "" || c.Name == name) {
			all = append(all, c)
		}
	}
	return all
}

// At follows a path of names, taking the first of each.
func (n *Node) At(path ...string) *Node {
	for _, name := range path {
		all := n.Children(name)
		if len(all) == 0 {
			return nil
		}
		n = all[0]
	}
	return n
}

// Find gives the first element of that name at any depth.
func (n *Node) Find(name string) *Node {
	for _, c := range n.Children("") {
		if c.Name == name {
			return c
		}
		if deeper := c.Find(name); deeper != nil {
			return deeper
		}
	}
	return nil
}

// FindAll gives the elements of that name at any depth, none within another.
func (n *Node) FindAll(name string) []*Node {
	var all []*Node
	for _, c := range n.Children("") {
		if c.Name == name {
			all = append(all, c)
		} else {
			all = append(all, c.FindAll(name)...)
		}
	}
	return all
}

// Words is the text of n and all in it as one line.
func (n *Node) Words() string { return strings.Join(strings.Fields(n.Raw()), " ") }

// Raw is the text of n and all in it as it stands. Elements part words.
func (n *Node) Raw() string {
	if n == nil {
		return ""
	}
	if n.Name == "" {
		return n.Text
	}
	var b strings.Builder
	for i, c := range n.Nodes {
		if i > 0 && (c.Name != "" || n.Nodes[i-1].Name != "") {
			b.WriteByte(' ')
		}
		b.WriteString(c.Raw())
	}
	return b.String()
}

// Markup is what n holds as HTML, each name given by rename; "" leaves out an
// element with all in it.
func (n *Node) Markup(rename func(*Node) string) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range n.Nodes {
		c.write(&b, rename)
	}
	return b.String()
}

func (n *Node) write(b *strings.Builder, rename func(*Node) string) {
	if n.Name == "" {
		b.WriteString(html.EscapeString(n.Text))
		return
	}
	name := rename(n)
	if name == "" {
		return
	}
	b.WriteString("<" + name)
	for _, a := range n.attrs {
		if a.Name.Space == "" && plainName(a.Name.Local) {
			b.WriteString(" " + strings.ToLower(a.Name.Local) + `="` + html.EscapeString(a.Value) + `"`)
		}
	}
	if name == "br" || name == "img" || name == "hr" {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, c := range n.Nodes {
		c.write(b, rename)
	}
	b.WriteString("</" + name + ">")
}

func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' {
			return false
		}
	}
	return s != "" && s != "xmlns"
}
