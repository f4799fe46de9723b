package letter

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"wireroom/format"
	"wireroom/format/prose"
)

// MaxBytes is how long a letter may be.
const MaxBytes = 16 << 20

// maxParts is how many parts a letter may have, those within others counted.
const maxParts = 100

// Decode reads the one letter of a file.
func Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		all, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
		if err != nil {
			yield(format.Item{}, err)
			return
		}
		if len(all) > MaxBytes {
			yield(format.Item{}, &format.Error{Line: 1, Reason: fmt.Sprintf("the letter is longer than %d MB", MaxBytes>>20)})
			return
		}
		yield(read(all))
	}
}

func read(all []byte) (format.Item, error) {
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(all, " \t\r\n")))
	if err != nil {
		return format.Item{}, &format.Error{Line: 1, Field: "header", Reason: "is not that of a letter: " + format.Brief(err.Error())}
	}
	if m.Header.Get("Subject") == "" && m.Header.Get("From") == "" {
		return format.Item{}, &format.Error{Line: 1, Field: "header", Reason: "has neither Subject nor From"}
	}
	l := &letter{}
	if err := l.part(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body); err != nil {
		return format.Item{}, err
	}
	i := format.Item{Line: 1, Type: "text"}
	i.Content.Headline = words(m.Header.Get("Subject"))
	if id := strings.Trim(m.Header.Get("Message-Id"), "<> "); id != "" {
		i.URI = "mid:" + format.Flat(id)
	}
	if t, err := m.Header.Date(); err == nil {
		i.Created, i.Changed = t.UTC(), t.UTC()
	} else {
		i.Undated = m.Header.Get("Date") == ""
	}
	l.note("from", words(m.Header.Get("From")))
	if !l.form(&i) {
		if err := l.text(&i); err != nil {
			return format.Item{}, err
		}
	}
	i.Content.Note, i.Lost = format.Noted(i.Content.Note, l.lines)
	if i.URI == "" {
		i.URI = i.Name()
	}
	i.Head()
	i.Size += len(all)
	return i, nil
}

// letter is what the parts of a letter gave.
type letter struct {
	plain, html string
	parts       int
	lines       []format.Line
}

func (l *letter) note(name, value string) {
	if value = format.Flat(value); value != "" {
		l.lines = append(l.lines, format.Line{Name: name, Value: value})
	}
}

// part reads one part, and those within it.
func (l *letter) part(kind, encoding, disposition string, r io.Reader) error {
	if l.parts++; l.parts > maxParts {
		return &format.Error{Line: 1, Field: "body", Reason: fmt.Sprintf("has more than %d parts", maxParts)}
	}
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		media = "text/plain"
	}
	if strings.HasPrefix(media, "multipart/") {
		return l.within(multipart.NewReader(r, params["boundary"]))
	}
	name := params["name"]
	if how, more, err := mime.ParseMediaType(disposition); err == nil && (how == "attachment" || more["filename"] != "") {
		l.note("attachment", strings.TrimSpace(words(more["filename"]+" "+media)))
		return nil
	}
	if media != "text/plain" && media != "text/html" {
		l.note("attachment", strings.TrimSpace(words(name+" "+media)))
		return nil
	}
	text := prose.Printable(decoded(encoding, params["charset"], r))
	switch {
	case media == "text/html" && l.html == "":
		l.html = text
	case media == "text/plain" && l.plain == "":
		if strings.EqualFold(params["format"], "flowed") {
			text = unflowed(text, strings.EqualFold(params["delsp"], "yes"))
		}
		l.plain = text
	default:
		l.note("part", text)
	}
	return nil
}

func (l *letter) within(parts *multipart.Reader) error {
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return nil // whatever came until here is the letter: many end without their last line
		}
		if err := l.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition"), p); err != nil {
			return err
		}
	}
}

// decoded is the text of a part, read as far as it can be.
func decoded(encoding, label string, r io.Reader) string {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	data, _ := io.ReadAll(r)
	if utf8.Valid(data) && !stateful(label) {
		return string(data)
	}
	if in, err := charset.NewReaderLabel(label, bytes.NewReader(data)); err == nil {
		if data, err := io.ReadAll(in); err == nil {
			return strings.ToValidUTF8(string(data), "\ufffd")
		}
	}
	in, err := charset.NewReaderLabel("windows-1252", bytes.NewReader(data))
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	data, _ = io.ReadAll(in)
	return string(data)
}

// stateful tells charsets whose bytes look like ASCII.
func stateful(label string) bool {
	label = strings.ToLower(label)
	return strings.HasPrefix(label, "iso-2022") || strings.HasPrefix(label, "utf-16") || strings.HasPrefix(label, "utf-7") || label == "hz-gb-2312"
}

// unflowed joins the lines that a mail program broke (RFC 3676).
func unflowed(s string, delete bool) string {
	var b strings.Builder
	for l := range strings.SplitAfterSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		text := strings.TrimPrefix(strings.TrimSuffix(l, "\n"), " ")
		if strings.HasSuffix(text, " ") && text != "-- " {
			if delete {
				text = strings.TrimSuffix(text, " ")
			}
			b.WriteString(text)
			continue
		}
		b.WriteString(text)
		if strings.HasSuffix(l, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// text takes the form with its paragraphs and links, or else the plain one.
func (l *letter) text(i *format.Item) error {
	text := prose.HTML(l.html)
	if len(text.Blocks) == 0 || !text.Fits() {
		text = prose.Wrapped(l.plain)
	}
	if !text.Fits() {
		return &format.Error{Line: 1, Field: "body", Reason: "has more text and tags than a story can hold"}
	}
	for _, left := range text.Left {
		l.note("body "+left.Name, left.Value)
	}
	i.Content.Body.Blocks, i.Size = text.Blocks, text.Size
	return nil
}

var encodedWord = regexp.MustCompile(`=\?([^?\s]+)\?([QqBb])\?([^?]*)\?=(\s+=\?)?`)

// words reads the words of a header line. Some programs leave letters in them
// that should be encoded, so that the standard's reader gives up.
func words(s string) string {
	d := mime.WordDecoder{CharsetReader: func(label string, in io.Reader) (io.Reader, error) { return charset.NewReaderLabel(label, in) }}
	if whole, err := d.DecodeHeader(s); err == nil && !strings.Contains(whole, "=?") && utf8.ValidString(whole) {
		return format.Flat(whole)
	}
	s = encodedWord.ReplaceAllStringFunc(s, func(w string) string {
		found := encodedWord.FindStringSubmatch(w)
		encoding, body := "base64", found[3]
		if strings.EqualFold(found[2], "q") {
			encoding, body = "quoted-printable", strings.ReplaceAll(body, "_", " ")
		}
		return decoded(encoding, found[1], strings.NewReader(body)) + strings.TrimLeft(found[4], " \t\r\n")
	})
	return format.Flat(strings.ToValidUTF8(s, "\ufffd"))
}
