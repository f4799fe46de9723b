package mail

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
)

// Stencil is a text that many letters share but for one word, which stands in it
// any number of times. It is encoded once; only the word is encoded for each.
type Stencil struct {
	kind   string   // of text: plain or html
	quoted bool     // quoted-printable, else base64
	raw    []string // what stands around the word
	parts  [][]byte // the same in quoted-printable, each at the beginning of a line
	size   int      // bytes of all parts
}

// Plain makes a stencil of a plain text with word in it.
func Plain(text, word string) *Stencil { return stencil("plain", text, word) }

// HTML is the same for HTML, in which the word must mean the same as in text.
func HTML(text, word string) *Stencil { return stencil("html", text, word) }

// stencil chooses base64 where quoting would make three characters of nearly
// every byte.
func stencil(kind, text, word string) *Stencil {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	s := &Stencil{kind: kind, quoted: 5*foreign(text) < len(text), raw: []string{text}}
	if word != "" {
		s.raw = strings.Split(text, word)
	}
	for i, raw := range s.raw {
		s.size += len(raw)
		if s.quoted {
			s.parts = append(s.parts, quote(raw, i == len(s.raw)-1))
			s.size += len(s.parts[i]) - len(raw)
		}
	}
	return s
}

// room is about how much a letter's part takes.
func (s *Stencil) room(word string) int {
	n := s.size + len(s.raw)*len(word)*2 + 200
	if !s.quoted {
		n = n*3/2 + 100
	}
	return n
}

// print writes the part of a letter, in lines that every carrier passes on.
func (s *Stencil) print(b *bytes.Buffer, word string) {
	b.WriteString("Content-Type: text/" + s.kind + "; charset=utf-8\r\n")
	if !s.quoted {
		b.WriteString("Content-Transfer-Encoding: base64\r\n\r\n")
		sixtyFour(b, strings.Join(s.raw, word))
		return
	}
	b.WriteString("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
	var quoted []byte
	for i, part := range s.parts {
		if i > 0 {
			if quoted == nil {
				quoted = quote(word, false)
			}
			b.Write(quoted)
		}
		b.Write(part)
	}
	b.WriteString("\r\n")
}

// quote gives a text in quoted-printable, which but for the last ends its line
// softly, so that whatever follows begins a line of its own.
func quote(text string, last bool) []byte {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	// Writing to memory does not fail.
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	if out := b.Bytes(); !last && len(out) > 0 && !bytes.HasSuffix(out, []byte("\r\n")) {
		b.WriteString("=\r\n")
	}
	return b.Bytes()
}

func sixtyFour(b *bytes.Buffer, text string) {
	const line = 57 // bytes, which make 76 characters
	var out [76]byte
	for rest := []byte(text); len(rest) > 0; {
		n := min(line, len(rest))
		base64.StdEncoding.Encode(out[:], rest[:n])
		b.Write(out[:base64.StdEncoding.EncodedLen(n)])
		b.WriteString("\r\n")
		rest = rest[n:]
	}
}
