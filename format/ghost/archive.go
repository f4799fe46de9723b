package ghost

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"wireroom/format"
)

// Archive is one export, in one file or several.
type Archive struct {
	tags    map[id]format.Term
	authors map[id]format.Author
	tagged  map[id][]tie
	written map[id][]tie
	extras  map[id]extra
}

// New begins an export.
func New() *Archive {
	return &Archive{tags: map[id]format.Term{}, authors: map[id]format.Author{}, tagged: map[id][]tie{}, written: map[id][]tie{}, extras: map[id]extra{}}
}

// Authors are those that the files list.
func (a *Archive) Authors() []format.Author {
	var all []format.Author
	for _, w := range a.authors {
		all = append(all, w)
	}
	return all
}

// Terms are the tags that the files list.
func (a *Archive) Terms() []format.Term {
	var all []format.Term
	for _, t := range a.tags {
		all = append(all, t)
	}
	return all
}

// Survey looks through a file for what the posts of all files name.
func (a *Archive) Survey(r io.Reader) error {
	wanted := map[string]bool{"tags": true, "users": true, "posts_tags": true, "posts_authors": true, "posts_meta": true}
	return walk(r, wanted, func(line int, list string, n int, data json.RawMessage) error {
		if err := a.learn(list, data); err != nil {
			return &format.Error{Line: line, Field: fmt.Sprintf("%s[%d]", list, n), Reason: "this row can't be read: " + format.Brief(err.Error())}
		}
		return nil
	})
}

func (a *Archive) learn(list string, data json.RawMessage) error {
	switch list {
	case "tags", "users":
		row, _, err := unwrap[named](data)
		if row.ID == "" || err != nil {
			return err
		}
		if list == "users" {
			a.authors[row.ID] = row.author()
		} else {
			a.tags[row.ID] = row.tag()
		}
	case "posts_meta":
		var x extra
		if err := json.Unmarshal(data, &x); err != nil {
			return err
		}
		if x.Alt != "" || x.Caption != "" {
			a.extras[x.Post] = x
		}
	default:
		var t tie
		if err := json.Unmarshal(data, &t); err != nil {
			return err
		}
		if list == "posts_tags" {
			a.tagged[t.Post] = append(a.tagged[t.Post], t)
		} else {
			a.written[t.Post] = append(a.written[t.Post], t)
		}
	}
	return nil
}

func (n named) author() format.Author {
	return format.Author{ID: cmp.Or(string(n.Slug), string(n.ID)), Name: plain(string(n.Name))}
}

// tag tells apart the tags that readers never see: their names begin with #.
func (n named) tag() format.Term {
	t := format.Term{Kind: "tag", ID: cmp.Or(string(n.Slug), string(n.Name)), Name: plain(string(n.Name))}
	if strings.HasPrefix(t.Name, "#") {
		t.Kind = "internal"
	}
	return t
}

// Decode reads the posts and pages of a file, after Survey has seen all of the
// files. A *format.Error stands for a post that can't be read, or for the rest
// of a file.
func (a *Archive) Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		ended := false
		err := walk(r, map[string]bool{"posts": true}, func(line int, _ string, n int, data json.RawMessage) error {
			i, err := a.item(line, data)
			var bad *format.Error
			if errors.As(err, &bad) {
				bad.Line, bad.Field = line, strings.TrimSuffix(fmt.Sprintf("posts[%d].%s", n, bad.Field), ".")
			}
			if ended = !yield(i, err); ended {
				return errStop
			}
			return nil
		})
		if err != nil && !ended {
			yield(format.Item{}, err)
		}
	}
}

// inOrder sorts by the order that Ghost keeps.
func inOrder(ties []tie) []tie {
	slices.SortStableFunc(ties, func(a, b tie) int { return cmp.Compare(a.Order, b.Order) })
	return ties
}
