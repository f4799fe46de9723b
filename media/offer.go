package media

import (
	"bytes"
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bep/imagemeta"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Words are what a photographer or an agency wrote into a picture's file.
type Words struct {
	Caption, Credit string
}

// The most characters that are offered.
const (
	mostCaption = 2000
	mostCredit  = 200
)

// wanted are the tags that are read, and no others: neither place nor camera
// is ever looked at. Of several the first one counts.
var wanted = struct{ caption, author, agency []string }{
	caption: []string{"XMP Description", "IPTC Caption-Abstract", "EXIF ImageDescription"},
	author:  []string{"XMP Creator", "IPTC By-line", "EXIF Artist"},
	agency:  []string{"XMP Credit", "IPTC Credit", "IPTC Source", "XMP Rights", "IPTC CopyrightNotice", "EXIF Copyright"},
}

// offered reads the words in a file; whatever is wrong with them, there are
// none.
func offered(data []byte) (w Words) {
	defer func() {
		if recover() != nil {
			w = Words{}
		}
	}()
	found := tags(data)
	pick := func(names []string, most int) string {
		for _, name := range names {
			if s := clean(found[name], most); s != "" {
				return s
			}
		}
		return ""
	}
	w.Caption = pick(wanted.caption, mostCaption)
	w.Credit = credit(pick(wanted.author, mostCredit), pick(wanted.agency, mostCredit))
	return w
}

// credit is written as agencies write it: the author, then the house.
func credit(author, agency string) string {
	author, agency = strings.Join(strings.Fields(author), " "), strings.Join(strings.Fields(agency), " ")
	if author == "" || agency == "" || strings.Contains(agency, author) {
		return cmp.Or(agency, author)
	}
	if strings.Contains(author, agency) {
		return author
	}
	return cut(author+" / "+agency, mostCredit)
}

// formats in the order of codecs; a GIF has no words.
var formats = []imagemeta.ImageFormat{imagemeta.JPEG, imagemeta.PNG, 0, imagemeta.WebP}

// tags gives the wanted tags by their source and name.
func tags(data []byte) map[string]string {
	found := map[string]string{}
	for i, c := range codecs {
		if !c.magic(data) || formats[i] == 0 {
			continue
		}
		charset := false // the file says how its IPTC is written
		// A broken part does not spoil what was read before it.
		_, _ = imagemeta.Decode(imagemeta.Options{
			R: bytes.NewReader(data), ImageFormat: formats[i],
			Sources:      imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
			LimitNumTags: 500, LimitTagSize: 4 * mostCaption, Timeout: 5 * time.Second,
			Warnf: func(string, ...any) {},
			ShouldHandleTag: func(t imagemeta.TagInfo) bool {
				return t.Tag == "CodedCharacterSet" || isWanted(t)
			},
			HandleTag: func(t imagemeta.TagInfo) error {
				if t.Tag == "CodedCharacterSet" {
					charset = true
					return nil
				}
				s := text(t.Value)
				if t.Source == imagemeta.IPTC && !charset {
					s = unmarked(s)
				}
				if key := t.Source.String() + " " + t.Tag; found[key] == "" {
					found[key] = s
				}
				return nil
			},
		})
	}
	return found
}

func isWanted(t imagemeta.TagInfo) bool {
	if t.Source == imagemeta.EXIF && t.Namespace != "IFD0" {
		return false
	}
	key := t.Source.String() + " " + t.Tag
	for _, names := range [][]string{wanted.caption, wanted.author, wanted.agency} {
		for _, name := range names {
			if name == key {
				return true
			}
		}
	}
	return false
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case []string:
		return strings.Join(v, ", ")
	}
	return ""
}

// unmarked reads IPTC text that does not say how it is written and was taken
// for Latin-1: it may be UTF-8, or Windows' Cyrillic where most letters are
// beyond ASCII.
func unmarked(s string) string {
	raw, err := charmap.ISO8859_1.NewEncoder().String(s)
	if err != nil {
		return s
	}
	if utf8.ValidString(raw) {
		return raw
	}
	letters, high := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if r >= 0xc0 {
				high++
			}
		}
	}
	if high*2 > letters {
		if cyrillic, err := charmap.Windows1251.NewDecoder().String(raw); err == nil {
			return cyrillic
		}
	}
	return s
}

// clean keeps what a story may hold: whole characters that can be printed, and
// line ends.
func clean(s string, most int) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case !unicode.IsPrint(r) && !unicode.IsSpace(r), r == 0xfffe, r == 0xffff, r == utf8.RuneError:
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return cut(strings.TrimSpace(s), most)
}

// cut shortens a text to so many characters.
func cut(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}
