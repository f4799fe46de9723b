package intake

import (
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/format/ghost"
	"wireroom/format/saved"
	"wireroom/format/wxr"
)

// kind is a kind of files that are read.
type kind struct {
	name    string
	endings []string // of the files that are read of a folder
	whole   bool     // a website's archive: it alerts nobody, its addresses are kept
	archive archive
}

// archive reads the files of one import, one after another.
type archive interface {
	// Survey looks through a file for what the items of all files name.
	Survey(io.Reader) error
	// Authors and Terms are those that the files list by themselves.
	Authors() []format.Author
	Terms() []format.Term
	Decode(file string, r io.Reader) iter.Seq2[format.Item, error]
}

// Kinds are the names of what Wire reads.
func Kinds() []string {
	names := []string{"wxr", "ghost", "html"}
	for _, r := range choice.Readers() {
		names = append(names, r.Name)
	}
	return names
}

func kindOf(name string) (kind, bool) {
	k := kind{name: name}
	switch name {
	case "wxr":
		k.endings, k.whole, k.archive = []string{".xml", ".wxr"}, true, posts{wxr.New()}
	case "ghost":
		k.endings, k.whole, k.archive = []string{".json"}, true, posts{ghost.New()}
	case "html":
		k.endings, k.whole, k.archive = []string{".html", ".htm", ".xhtml"}, true, pages{}
	default:
		r, ok := choice.Read(name)
		k.endings, k.archive = endings[name], items{r}
		return k, ok
	}
	return k, true
}

// endings are those of the files of a wire, in small letters.
var endings = map[string][]string{
	"ninjs": {".json", ".jsonl", ".ndjson", ".gz"}, "newsml": {".xml"}, "nitf": {".xml"}, "text": {".txt"}, "mail": {".eml"}, "csv": {".csv"},
	"rss": {".xml", ".rss", ".atom", ".json"},
}

func (k kind) reads(file string) bool {
	return slices.Contains(k.endings, strings.ToLower(filepath.Ext(file)))
}

// export is one of wxr or ghost.
type export interface {
	Survey(io.Reader) error
	Authors() []format.Author
	Terms() []format.Term
	Decode(io.Reader) iter.Seq2[format.Item, error]
}

type posts struct{ export }

func (p posts) Decode(_ string, r io.Reader) iter.Seq2[format.Item, error] { return p.export.Decode(r) }

// nothing is an archive whose items name nothing of each other.
type nothing struct{}

func (nothing) Survey(io.Reader) error   { return nil }
func (nothing) Authors() []format.Author { return nil }
func (nothing) Terms() []format.Term     { return nil }

type pages struct{ nothing }

func (pages) Decode(file string, r io.Reader) iter.Seq2[format.Item, error] {
	return saved.Decode(file, r)
}

type items struct{ choice.Reader }

func (items) Survey(io.Reader) error   { return nil }
func (items) Authors() []format.Author { return nil }
func (items) Terms() []format.Term     { return nil }

func (i items) Decode(_ string, r io.Reader) iter.Seq2[format.Item, error] { return i.Reader.Decode(r) }
