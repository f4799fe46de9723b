package story

import "encoding/json"

// Body is the typed document of a story: a list of block nodes. It is stored
// as JSON in the shape that ProseMirror uses, never as HTML, so nothing that
// an editor or an importer brings in can carry script.
type Body struct {
	Blocks []Node
}

// NodeType names a node of the body.
type NodeType string

// The nodes of a body. Blocks stand at the top; the rest inside them.
const (
	Paragraph   NodeType = "paragraph"    // inline content
	Heading     NodeType = "heading"      // inline content; Level 2–4
	BulletList  NodeType = "bullet_list"  // ListItem+
	OrderedList NodeType = "ordered_list" // ListItem+
	BlockQuote  NodeType = "blockquote"   // Paragraph+
	PictureNode NodeType = "picture"      // Picture, Caption, Credit, Alt, FocusX, FocusY
	Table       NodeType = "table"        // TableRow+
	Embed       NodeType = "embed"        // Provider, Ref

	ListItem  NodeType = "list_item"  // Paragraph, then Paragraph or a list
	TableRow  NodeType = "table_row"  // TableCell+
	TableCell NodeType = "table_cell" // inline content; Header
	Text      NodeType = "text"       // Text and Marks
	HardBreak NodeType = "hard_break"
)

// MarkType names a mark on text.
type MarkType string

// The marks of text.
const (
	Strong    MarkType = "strong"
	Emphasis  MarkType = "em"
	Link      MarkType = "link"      // Attrs.Href
	Insertion MarkType = "insertion" // the editor's brackets; the text excludes them
)

// Node is one node of the body. Which fields count depends on Type.
type Node struct {
	Type    NodeType `json:"type"`
	Attrs   *Attrs   `json:"attrs,omitempty"`
	Content []Node   `json:"content,omitempty"`
	Text    string   `json:"text,omitempty"`
	Marks   []Mark   `json:"marks,omitempty"`
}

// Attrs are the attributes of a node; each belongs to the types named.
type Attrs struct {
	Level    int    `json:"level,omitempty"`    // heading: 2–4
	Header   bool   `json:"header,omitempty"`   // table_cell
	Picture  string `json:"picture,omitempty"`  // picture: id in media
	Caption  string `json:"caption,omitempty"`  // picture
	Credit   string `json:"credit,omitempty"`   // picture
	Alt      string `json:"alt,omitempty"`      // picture
	FocusX   int    `json:"focus_x,omitempty"`  // picture: percent from the left of what must stay in sight
	FocusY   int    `json:"focus_y,omitempty"`  // picture: percent from the top; both 0 are the centre
	Provider string `json:"provider,omitempty"` // embed: "youtube", "telegram" …
	Ref      string `json:"ref,omitempty"`      // embed: the provider's id
}

// Mark is one mark on a text node.
type Mark struct {
	Type  MarkType   `json:"type"`
	Attrs *MarkAttrs `json:"attrs,omitempty"`
}

// MarkAttrs are the attributes of a mark.
type MarkAttrs struct {
	Href string `json:"href,omitempty"` // link: http, https, mailto, or a path on this host
}

type bodyJSON struct {
	Type    string `json:"type"`
	Content []Node `json:"content"`
}

// MarshalJSON writes {"type":"doc","content":[…]}.
func (b Body) MarshalJSON() ([]byte, error) {
	blocks := b.Blocks
	if blocks == nil {
		blocks = []Node{}
	}
	return json.Marshal(bodyJSON{Type: "doc", Content: blocks})
}

// UnmarshalJSON reads what MarshalJSON wrote; Validate checks the grammar.
func (b *Body) UnmarshalJSON(data []byte) error {
	var d bodyJSON
	if err := json.Unmarshal(data, &d); err != nil {
		return err
	}
	b.Blocks = d.Content
	return nil
}

// Plain makes a text node without marks.
func Plain(s string) Node { return Node{Type: Text, Text: s} }

// Marked makes a text node with marks.
func Marked(s string, marks ...MarkType) Node {
	n := Plain(s)
	for _, m := range marks {
		n.Marks = append(n.Marks, Mark{Type: m})
	}
	return n
}

// Linked makes a text node that leads to href.
func Linked(s, href string) Node {
	return Node{Type: Text, Text: s, Marks: []Mark{{Type: Link, Attrs: &MarkAttrs{Href: href}}}}
}

// Para makes a paragraph of inline nodes.
func Para(inline ...Node) Node { return Node{Type: Paragraph, Content: inline} }

// Has reports whether the text node carries mark m.
func (n Node) Has(m MarkType) bool {
	for _, k := range n.Marks {
		if k.Type == m {
			return true
		}
	}
	return false
}

// Href is the address of the node's link mark, or "".
func (n Node) Href() string {
	for _, k := range n.Marks {
		if k.Type == Link && k.Attrs != nil {
			return k.Attrs.Href
		}
	}
	return ""
}
