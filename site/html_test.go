package site_test

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func copyTo(b *strings.Builder, r io.Reader) (int64, error) { return io.Copy(b, r) }

// all gives the elements of a page for which is holds.
func all(n *html.Node, is func(*html.Node) bool) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			found = append(found, d)
		}
	}
	return found
}

func tag(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

func class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), name) }
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func texts(nodes []*html.Node) (all []string) {
	for _, n := range nodes {
		all = append(all, strings.TrimSpace(text(n)))
	}
	return all
}

func attrs(nodes []*html.Node, key string) (all []string) {
	for _, n := range nodes {
		all = append(all, attr(n, key))
	}
	return all
}
