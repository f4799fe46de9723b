package newsml

import (
	"cmp"
	"io"
	"iter"
	"slices"

	"wireroom/format"
	"wireroom/format/tree"
)

// others are the items that are no news, by what a format.Item calls them.
var others = map[string]string{
	"packageitem": "package", "conceptitem": "concept", "knowledgeitem": "concept", "planningitem": "planning", "catalogitem": "catalog",
	"hopitem": "other", "catalog": "catalog",
}

// Decode reads the items of a document: a message, one item, or NewsML 1.2.
func Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		root, err := tree.Read(r)
		if err != nil {
			yield(format.Item{}, err)
			return
		}
		items, read := itemsOf(root)
		if len(items) == 0 {
			yield(format.Item{}, &format.Error{Line: root.Line, Field: format.Brief(root.Name), Reason: "holds no item of NewsML"})
			return
		}
		for _, n := range items {
			i, err := read(n)
			if err == nil {
				i.Line = n.Line
				i.URI = cmp.Or(i.URI, i.Name())
				i.Head()
			}
			if !yield(i, err) {
				return
			}
		}
	}
}

// itemsOf lists the items of a document, and how to read them.
func itemsOf(root *tree.Node) (items []*tree.Node, read func(*tree.Node) (format.Item, error)) {
	if root.Name == "newsml" {
		return root.Children("newsitem"), old
	}
	if isItem(root) {
		return []*tree.Node{root}, g2
	}
	for _, set := range root.FindAll("itemset") {
		for _, n := range set.Children("") {
			if isItem(n) {
				items = append(items, n)
			}
		}
	}
	return items, g2
}

func isItem(n *tree.Node) bool { return n.Name == "newsitem" || others[n.Name] != "" }

// lines are what an item says and a story has no place for.
type lines []format.Line

func (l *lines) add(name, value string) {
	if value = format.Flat(value); value != "" && !slices.Contains(*l, format.Line{Name: name, Value: value}) {
		*l = append(*l, format.Line{Name: name, Value: value})
	}
}
