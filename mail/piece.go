package mail

import (
	"bytes"
	"mime"
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
	Parts   []*Stencil // in place of Text and HTML, with Quit for their word; the richest comes last, for programs show the last that they understand
	ID      string     // of the letter, before the @; letters, digits and hyphens
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
	parts := l.Parts
	if parts == nil {
		parts = []*Stencil{Plain(l.Text, ""), HTML(l.HTML, "")}
	}
	b := bytes.NewBuffer(make([]byte, 0, l.room(parts)))
	b.Write(make([]byte, signatureRoom))
	p.fields(b, l, from, to)
	b.WriteString("\r\n")
	body := b.Len()
	for _, part := range parts {
		b.WriteString("--" + edge(l) + "\r\n")
		part.print(b, l.Quit)
	}
	b.WriteString("--" + edge(l) + "--\r\n")
	return p.finish(b.Bytes(), body)
}

// signatureRoom is kept before a letter for its signature.
const signatureRoom = 1 << 10

// finish gives the letter, of which the body is known, with its signature.
func (p *Post) finish(made []byte, body int) ([]byte, error) {
	letter := made[signatureRoom:]
	if p.key == nil {
		return letter, nil
	}
	field, err := p.signature(made[signatureRoom:body-2], made[body:])
	if err != nil {
		return nil, err
	}
	if len(field) > signatureRoom {
		return append(field, letter...), nil
	}
	begin := signatureRoom - len(field)
	copy(made[begin:], field)
	return made[begin:], nil
}

func edge(l Piece) string { return "=_" + l.ID }

// room is about how many bytes a letter takes; one that takes more is copied.
func (l Piece) room(parts []*Stencil) int {
	n := signatureRoom + 2<<10 + 4*len(l.Subject)
	for _, part := range parts {
		n += part.room(l.Quit)
	}
	return n
}

func (p *Post) fields(b *bytes.Buffer, l Piece, from, to *mail.Address) {
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
	field("Content-Type", `multipart/alternative; boundary="`+edge(l)+`"`)
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
