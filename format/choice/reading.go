package choice

import (
	"io"
	"iter"

	"wireroom/format"
	"wireroom/format/feed"
	"wireroom/format/letter"
	"wireroom/format/newsml"
	"wireroom/format/ninjs"
	"wireroom/format/nitf"
	"wireroom/format/sheet"
	"wireroom/format/telex"
)

// Reader is a kind of news that can be read, whether or not we write it.
type Reader struct {
	Name   string // as in wireroom import newsml
	Decode func(r io.Reader) iter.Seq2[format.Item, error]
}

// Readers lists them all.
func Readers() []Reader {
	return []Reader{
		{"ninjs", ninjs.Decode}, {"newsml", newsml.Decode}, {"nitf", nitf.Decode}, {"text", telex.Decode}, {"mail", letter.Decode},
		{"csv", sheet.Decode}, {"rss", feed.Decode},
	}
}

// Read finds a kind by its name.
func Read(name string) (Reader, bool) {
	for _, r := range Readers() {
		if r.Name == name {
			return r, true
		}
	}
	return Reader{}, false
}
