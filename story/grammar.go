package story

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"wireroom/fault"
)

// maxDepth is how deep nodes may nest; a list in a list in a list has 7.
const maxDepth = 16

// inline is what stands in a line of text.
var inline = []NodeType{Text, HardBreak}

// grammar says what each node may hold.
var grammar = map[NodeType][]NodeType{
	Paragraph:   inline,
	Heading:     inline,
	BulletList:  {ListItem},
	OrderedList: {ListItem},
	BlockQuote:  {Paragraph},
	PictureNode: nil,
	Table:       {TableRow},
	Embed:       nil,
	ListItem:    {Paragraph, BulletList, OrderedList},
	TableRow:    {TableCell},
	TableCell:   inline,
	Text:        nil,
	HardBreak:   nil,
}

// blocks may stand at the top of a body.
var blocks = []NodeType{Paragraph, Heading, BulletList, OrderedList, BlockQuote, PictureNode, Table, Embed}

// Check names the first node that breaks the grammar: Invalid, with the
// node's place ("body[3].content[0]").
func (b Body) Check() error {
	data, err := json.Marshal(b)
	if err != nil {
		return fault.Invalid("body", "the text can't be written down: %v", err)
	}
	if len(data) > MaxBody {
		return fault.Invalid("body", "the text takes %d bytes, at most %d fit", len(data), MaxBody)
	}
	for i, n := range b.Blocks {
		if err := n.check(fmt.Sprintf("body[%d]", i), blocks, 1); err != nil {
			return err
		}
	}
	return nil
}

func (n Node) check(at string, may []NodeType, depth int) error {
	if !contains(may, n.Type) {
		return fault.Invalid(at, "a %q may not stand here", n.Type)
	}
	if depth > maxDepth {
		return fault.Invalid(at, "lists are nested too deep")
	}
	if err := n.checkOwn(at); err != nil {
		return err
	}
	if len(n.Marks) > 0 && n.Type != Text {
		return fault.Invalid(at, "only text carries marks")
	}
	for _, m := range n.Marks {
		if err := m.check(at); err != nil {
			return err
		}
	}
	for i, c := range n.Content {
		if err := c.check(fmt.Sprintf("%s.content[%d]", at, i), grammar[n.Type], depth+1); err != nil {
			return err
		}
	}
	return nil
}

// checkOwn looks at the fields that belong to the node's type.
func (n Node) checkOwn(at string) error {
	a := n.Attrs
	if a == nil {
		a = &Attrs{}
	}
	switch n.Type {
	case Text:
		return checkText(at, n.Text, MaxBody, true)
	case Heading:
		if a.Level < 2 || a.Level > 4 {
			return fault.Invalid(at, "a heading has level 2, 3 or 4, not %d", a.Level)
		}
	case PictureNode:
		return a.checkPicture(at)
	case Embed:
		if !isName(a.Provider) || a.Ref == "" {
			return fault.Invalid(at, "an embed needs a provider and the provider's id")
		}
		return checkText(at, a.Ref, MaxLine, false)
	}
	return nil
}

func (a *Attrs) checkPicture(at string) error {
	if !isName(a.Picture) {
		return fault.Invalid(at, "a picture needs the id of a picture")
	}
	if a.FocusX < 0 || a.FocusX > 100 || a.FocusY < 0 || a.FocusY > 100 {
		return fault.Invalid(at, "a picture's focus lies between 0%% and 100%% of its width and height")
	}
	for _, s := range []string{a.Caption, a.Credit, a.Alt} {
		if err := checkText(at, s, MaxText, true); err != nil {
			return err
		}
	}
	return nil
}

// Focus is the point that stays in sight where a picture is cut to fit, in
// percent from the left and the top.
func (a Attrs) Focus() (x, y int) {
	if a.FocusX == 0 && a.FocusY == 0 {
		return 50, 50
	}
	return a.FocusX, a.FocusY
}

func (m Mark) check(at string) error {
	switch m.Type {
	case Strong, Emphasis, Insertion:
		return nil
	case Link:
		if m.Attrs == nil || !SafeHref(m.Attrs.Href) {
			return fault.Invalid(at, "a link leads to an address that begins with https://, http://, mailto: or /")
		}
		return nil
	}
	return fault.Invalid(at, "there is no mark %q", m.Type)
}

// SafeHref reports whether a link may lead to href: to the web, a mailbox or a
// path on this host. It refuses each scheme that a browser might run, and
// "//host", which would leave the host without saying so.
func SafeHref(href string) bool {
	if checkText("", href, 2000, false) != nil || strings.Contains(href, `\`) {
		return false
	}
	u, err := url.Parse(href)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	case "":
		return strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//")
	}
	return false
}

// isName accepts ids of small letters, digits and hyphens.
func isName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 128
}

func contains(types []NodeType, t NodeType) bool {
	for _, x := range types {
		if x == t {
			return true
		}
	}
	return false
}

// Pictures lists the ids of the pictures in blocks, each once, in order.
func Pictures(blocks []Node) []string {
	var ids []string
	seen := map[string]bool{}
	for _, n := range blocks {
		if n.Type == PictureNode && n.Attrs != nil && !seen[n.Attrs.Picture] {
			seen[n.Attrs.Picture] = true
			ids = append(ids, n.Attrs.Picture)
		}
	}
	return ids
}
