package newsml

import (
	"slices"
	"strconv"

	"wireroom/format"
	"wireroom/format/tree"
)

// pictured writes a picture of a story as an item of its own.
func pictured(x *tree.Writer, i format.Item, p format.Picture, o format.Options) {
	alone := format.Item{Lang: i.Lang, Version: i.Version, Status: i.Status, Created: i.Created, Changed: i.Changed, Holder: i.Holder, Copyright: i.Copyright}
	alone.Content.Embargo = i.Content.Embargo
	open(x, "newsItem", pictureURI(i, p), alone)
	meta(x, alone, "picture", "", o)
	alone.Content.Headline, alone.Content.Teaser, alone.Content.Byline = p.Alt, p.Caption, p.Credit
	contentMeta(x, alone)
	if len(p.Sizes) > 0 {
		x.Open("contentSet")
		for _, s := range p.Sizes {
			x.Leaf("remoteContent", "", "href", s.Href, "contenttype", s.Type, "width", number(int64(s.Width)), "height", number(int64(s.Height)),
				"size", number(s.Bytes))
		}
		x.Close()
	}
	x.Close()
}

func number(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// parcel is what a package holds.
type parcel struct {
	number int    // among the packages of the message
	what   string // "pictures", "languages"
	mode   string // how the items stand to each other
	refs   []string
}

// pack writes a package of items that are in the message.
func pack(x *tree.Writer, i format.Item, p parcel, o format.Options) {
	i.Siblings, i.Signal, i.Correction, i.Advisory, i.Content.Note, i.Page = nil, "", "", "", "", ""
	open(x, "packageItem", i.URI+"#"+p.what, i)
	meta(x, i, "composite", i.Content.Headline, o)
	group := "group" + strconv.Itoa(p.number)
	x.Open("groupSet", "root", group)
	x.Open("group", "id", group, "role", "group:main", "mode", p.mode)
	for _, ref := range p.refs {
		x.Leaf("itemRef", "", "residref", ref)
	}
	x.Close()
	x.Close()
	x.Close()
}

// languages finds the items that are the same story in several languages.
func languages(items []format.Item) [][]format.Item {
	var sets [][]format.Item
	in := map[string]bool{}
	for _, i := range items {
		if in[i.URI] || len(i.Siblings) == 0 {
			continue
		}
		set := []format.Item{i}
		for _, other := range items {
			if other.URI != i.URI && slices.ContainsFunc(i.Siblings, func(s format.Sibling) bool { return s.URI == other.URI }) {
				set = append(set, other)
			}
		}
		if len(set) > 1 {
			sets = append(sets, set)
			for _, member := range set {
				in[member.URI] = true
			}
		}
	}
	return sets
}

func uris(items []format.Item) []string {
	all := make([]string, len(items))
	for n, i := range items {
		all[n] = i.URI
	}
	return all
}
