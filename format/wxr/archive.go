package wxr

import (
	"io"
	"iter"
	"net/url"
	"strings"

	"wireroom/format"
)

// mostKept bounds what a file may make us remember of its pictures.
const mostKept = 2_000_000

// Archive is one export, in one file or several.
type Archive struct {
	authors  map[string]string // names by login
	terms    []format.Term
	known    map[string]bool       // keys of terms
	pictures map[string]attachment // by the post's number
	language string
	home     string // address of the site, without a slash at its end
}

type attachment struct{ file, caption string }

// New begins an export.
func New() *Archive {
	return &Archive{authors: map[string]string{}, known: map[string]bool{}, pictures: map[string]attachment{}}
}

// Authors are those that the files list.
func (a *Archive) Authors() []format.Author {
	var all []format.Author
	for login, name := range a.authors {
		all = append(all, format.Author{ID: login, Name: name})
	}
	return all
}

// Terms are those that the files list, in their order.
func (a *Archive) Terms() []format.Term { return a.terms }

// Survey looks through a file for what the posts of all files name.
func (a *Archive) Survey(r io.Reader) error {
	return scan(r, visitor{writer: a.writer, term: a.term, text: a.text, item: func(_ int, e *entry) bool {
		if e.Type == "attachment" && e.ID != "" && len(a.pictures) < mostKept {
			a.pictures[e.ID] = attachment{file: strings.TrimSpace(e.File), caption: plainText(e.excerpt())}
		}
		return true
	}})
}

func (a *Archive) writer(w writer) {
	name := strings.TrimSpace(w.Name)
	if name == "" {
		name = strings.TrimSpace(w.First + " " + w.Last)
	}
	a.authors[w.Login] = format.Flat(name)
}

func (a *Archive) term(t term) {
	if one := t.of(); one.Kind != "nav_menu" && !a.known[one.Key()] {
		a.known[one.Key()] = true
		a.terms = append(a.terms, one)
	}
}

func (a *Archive) text(name, text string) {
	switch {
	case name == "language":
		a.language = text
	case name == "base_blog_url" || a.home == "":
		a.home = strings.TrimRight(text, "/")
	}
}

func termOf(kind, id, name string) format.Term {
	if clear, err := url.PathUnescape(id); err == nil {
		id = clear
	}
	t := format.Term{Kind: strings.TrimSpace(kind), ID: format.Flat(id), Name: plainText(name)}
	if t.ID == "" {
		t.ID = strings.ToLower(t.Name)
	}
	return t
}

// Decode reads the posts, pages and all else that a file holds, after Survey
// has seen all of the files. A *format.Error stands for an item that can't be
// read, or for the rest of a file.
func (a *Archive) Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		ended := false
		err := scan(r, visitor{text: a.text, item: func(line int, e *entry) bool {
			i, err := a.item(line, e)
			ended = !yield(i, err)
			return !ended
		}})
		if err != nil && !ended {
			yield(format.Item{}, err)
		}
	}
}
