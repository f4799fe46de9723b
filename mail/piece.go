package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"wireroom/fault"
)

// Piece is one letter of a mailing: the same bytes whenever it is made.
type Piece struct {
	To      string
	Subject string
	Text    string
	HTML    string
	ID      string // of the letter, before the @; letters, digits and hyphens
	Date    time.Time
	List    List
	Quit    string // the https address at which a program or a person leaves the list
}

// List is what mail programs sort a mailing by.
type List struct {
	Name string // in a person's words
	ID   string // one word; the domain of the sender is added
}

// Bytes is the piece as it travels, signed where the settings name a key.
func (p *Post) Bytes(l Piece) ([]byte, error) {
	from, err := mail.ParseAddress(p.settings.From)
	if err != nil {
		return nil, fault.Invalid("mail_from", "%q is no address", p.settings.From)
	}
	to, err := mail.ParseAddress(l.To)
	if err != nil || to.Address != l.To || !seven(l.To) {
		return nil, fault.Invalid("email", "this is no address that letters go to")
	}
	var b bytes.Buffer
	field := func(name, value string) { b.WriteString(name + ": " + value + "\r\n") }
	field("From", folded(from.String()))
	field("To", "<"+to.Address+">")
	field("Subject", worded(strings.Join(strings.Fields(l.Subject), " ")))
	field("Date", l.Date.UTC().Format(time.RFC1123Z))
	field("Message-ID", "<"+l.ID+"@"+p.domain+">")
	if l.List.ID != "" {
		field("List-Id", strings.TrimSpace(worded(quoted(l.List.Name))+" <"+l.List.ID+"."+p.domain+">"))
	}
	if l.Quit != "" {
		field("List-Unsubscribe", "<"+l.Quit+">")
		field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	field("Auto-Submitted", "auto-generated")
	field("MIME-Version", "1.0")
	edge := "=_" + l.ID
	field("Content-Type", `multipart/alternative; boundary="`+edge+`"`)
	b.WriteString("\r\n")
	// Programs show the last part that they understand: the richest comes last.
	for _, part := range []struct{ kind, text string }{{"plain", l.Text}, {"html", l.HTML}} {
		b.WriteString("--" + edge + "\r\n")
		if err := inPart(&b, part.kind, part.text); err != nil {
			return nil, fault.Internal("write a letter", err)
		}
	}
	b.WriteString("--" + edge + "--\r\n")
	return p.signed(b.Bytes())
}

// inPart writes a text in lines that every carrier passes on: base64 where
// quoting would make three characters of nearly every byte.
func inPart(b *bytes.Buffer, kind, text string) error {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	b.WriteString("Content-Type: text/" + kind + "; charset=utf-8\r\n")
	if 5*foreign(text) < len(text) {
		b.WriteString("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
		w := quotedprintable.NewWriter(b)
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		b.WriteString("\r\n")
		return nil
	}
	b.WriteString("Content-Transfer-Encoding: base64\r\n\r\n")
	const line = 57 // bytes, which make 76 characters
	var out [76]byte
	for rest := []byte(text); len(rest) > 0; {
		n := min(line, len(rest))
		base64.StdEncoding.Encode(out[:], rest[:n])
		b.Write(out[:base64.StdEncoding.EncodedLen(n)])
		b.WriteString("\r\n")
		rest = rest[n:]
	}
	return nil
}

func foreign(text string) (n int) {
	for i := range len(text) {
		if text[i] >= 0x80 {
			n++
		}
	}
	return n
}

func seven(s string) bool { return foreign(s) == 0 }

// worded is a text as a header field has it, in UTF-8.
func worded(s string) string { return folded(mime.BEncoding.Encode("utf-8", s)) }

// folded breaks a field between its encoded words, for no line may be long.
func folded(s string) string { return strings.ReplaceAll(s, "?= =?", "?=\r\n =?") }

// quoted keeps a comma or a colon of a name from being taken for more.
func quoted(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if !seven(s) || s == "" {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
