package choice

import (
	"io"
	"iter"
	"mime"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/format/feed"
	"wireroom/format/newsml"
	"wireroom/format/ninjs"
	"wireroom/format/nitf"
	"wireroom/format/sheet"
	"wireroom/format/telex"
)

// Format is one way to write items.
type Format struct {
	Name      string // as in format=newsml
	Title     string // as people call it
	Type      string // media type, with its charset
	Extension string // of a file, without the dot
	Many      bool   // whether one document holds several items; else it must be given one
	Encode    func(w io.Writer, items []format.Item, o format.Options) error
	// Decode reads it back; nil where a format is written alone. A
	// *format.Error stands for an item that can't be read, with the rest going
	// on; after any other error there is nothing more.
	Decode func(r io.Reader) iter.Seq2[format.Item, error]
}

// Formats lists all; the first is what a client gets that does not choose.
func Formats() []Format {
	return []Format{
		{"ninjs", "ninjs 3.1", "application/vnd.iptc.ninjs+json", "json", true, ninjs.Encode, ninjs.Decode},
		{"ninjs16", "ninjs 1.6", "application/vnd.iptc.ninjs+json; version=1.6", "json", true, ninjs.Encode16, ninjs.Decode},
		{"superdesk", "Superdesk ninjs", "application/json", "json", true, ninjs.EncodeSuperdesk, ninjs.Decode},
		{"newsml", "NewsML-G2", "application/vnd.iptc.g2.newsmessage+xml", "xml", true, newsml.Encode, newsml.Decode},
		{"nitf", "NITF 3.6", "application/nitf+xml", "xml", false, nitf.Encode, nitf.Decode},
		{"text", "Plain text", "text/plain; charset=utf-8", "txt", false, telex.Encode, telex.Decode},
		{"iptc7901", "IPTC 7901", "application/x-iptc7901", "iptc", false, telex.Encode7901, telex.Decode},
		{"csv", "CSV", "text/csv; charset=utf-8", "csv", true, sheet.Encode, sheet.Decode},
		{"atom", "Atom", feed.TypeAtom, "xml", true, of(feed.Atom), nil},
		{"rss", "RSS", feed.TypeRSS, "xml", true, of(feed.RSS), nil},
		{"jsonfeed", "JSON Feed", feed.TypeJSON, "json", true, of(feed.JSON), nil},
	}
}

func of(write func(io.Writer, feed.Feed) error) func(io.Writer, []format.Item, format.Options) error {
	return func(w io.Writer, items []format.Item, o format.Options) error { return write(w, feed.Of(items, o)) }
}

// Named finds a format by its name.
func Named(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Accepted gives the format that an Accept header asks for most; the first of
// all for one that takes anything, and false when it takes none of ours.
func Accepted(accept string) (Format, bool) {
	all := Formats()
	if strings.TrimSpace(accept) == "" {
		return all[0], true
	}
	best, most := Format{}, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		wanted, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(params["q"], 64); err == nil {
			quality = q
		}
		if quality <= most {
			continue
		}
		for _, f := range all {
			if f.fits(wanted, params["version"]) {
				best, most = f, quality
				break
			}
		}
	}
	return best, most > 0
}

// fits tells whether the format is of the media type; "text/*" and "*/*" are
// of any.
func (f Format) fits(wanted, version string) bool {
	ours, params, err := mime.ParseMediaType(f.Type)
	if err != nil {
		return false
	}
	if group, ok := strings.CutSuffix(wanted, "/*"); ok {
		return group == "*" || strings.HasPrefix(ours, group+"/")
	}
	return ours == wanted && (version == "" || params["version"] == version)
}
