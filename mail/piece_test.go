package mail_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	post "wireroom/mail"
	"wireroom/mail/mailtest"
)

var piece = post.Piece{
	To: "ann@example.org", Subject: "Раніца: «Позірк» піша пра ўсё, што адбылося ўчора і сёння ў краіне, — чытайце",
	Text: "Першы радок\n\n-- \nДругі\n", HTML: "<!DOCTYPE html><p>Першы &amp; другі", ID: "abc234",
	Date: time.Date(2024, 10, 25, 7, 30, 0, 0, time.UTC), Quit: "https://pozirk.example/be/bulletins/abc234",
	List: post.List{Name: "Раніца, штодня", ID: "morning-be"},
}

func signing(t testing.TB, kind string) *post.Post {
	t.Helper()
	p, err := post.New(post.Settings{Addr: "127.0.0.1:25", From: "Позірк <news@pozirk.example>", TLS: "none", Bounces: "bounce@pozirk.example",
		Selector: "wireroom", Key: filepath.Join(t.TempDir(), "dkim.key"), KeyKind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestALetterOfAMailingReadsWellInEachProgram(t *testing.T) {
	raw, err := signing(t, "ed25519").Bytes(piece)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line is %d bytes long, or broken: %q", len(line), line)
		}
		for i := range len(line) {
			if line[i] >= 0x80 {
				t.Fatalf("a carrier of seven bits loses %q", line)
			}
		}
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	words := new(mime.WordDecoder)
	if got, err := words.DecodeHeader(m.Header.Get("Subject")); err != nil || got != piece.Subject {
		t.Errorf("the subject is %q: %v", got, err)
	}
	if got, err := words.DecodeHeader(m.Header.Get("List-Id")); err != nil || got != "Раніца, штодня <morning-be.pozirk.example>" {
		t.Errorf("the list is %q: %v", got, err)
	}
	for field, want := range map[string]string{
		"Message-Id": "<abc234@pozirk.example>", "Date": "Fri, 25 Oct 2024 07:30:00 +0000", "To": "<ann@example.org>",
		"List-Unsubscribe": "<https://pozirk.example/be/bulletins/abc234>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	} {
		if got := m.Header.Get(field); got != want {
			t.Errorf("%s is %q, not %q", field, got, want)
		}
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("it is %s: %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ kind, text string }{{"text/plain", piece.Text}, {"text/html", piece.HTML}} {
		p, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(decoded(p))
		if err != nil || !strings.HasPrefix(p.Header.Get("Content-Type"), want.kind) || strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") != strings.TrimRight(want.text, "\n") {
			t.Errorf("a part is %s %q: %v", p.Header.Get("Content-Type"), text, err)
		}
	}
	if _, err := parts.NextPart(); err != io.EOF {
		t.Errorf("there are more parts: %v", err)
	}
}

func TestALetterIsTheSameWheneverItIsMade(t *testing.T) {
	p, err := post.New(post.Settings{Addr: "127.0.0.1:25", From: "news@pozirk.example", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	one, err := p.Bytes(piece)
	if err != nil {
		t.Fatal(err)
	}
	if two, err := p.Bytes(piece); err != nil || !bytes.Equal(one, two) {
		t.Errorf("made again it is another: %v", err)
	}
}

func TestASignatureHoldsAndBreaksWithTheLetter(t *testing.T) {
	for _, kind := range post.KeyWords() {
		p := signing(t, kind)
		record, ok := p.Record()
		if !ok || record.Name != "wireroom._domainkey.pozirk.example" {
			t.Fatalf("the record is %v", record)
		}
		raw, err := p.Bytes(piece)
		if err != nil {
			t.Fatal(err)
		}
		covered := strings.ToLower(string(raw[:bytes.Index(raw, []byte("\r\nFrom: "))]))
		for _, field := range []string{"list-unsubscribe:", "list-unsubscribe-post", "message-id", "subject"} {
			if !strings.Contains(strings.Join(strings.Fields(covered), ""), field) {
				t.Errorf("%s: the signature leaves %s out", kind, field)
			}
		}
		for letter, good := range map[string]bool{
			string(raw): true,
			strings.Replace(string(raw), "abc234>", "abc235>", 1):                        false,
			strings.Replace(string(raw), "One-Click", "Two-Click", 1):                    false,
			strings.TrimSuffix(string(raw), "--\r\n") + "x--\r\n":                        false,
			strings.Replace(string(raw), "List-Id: ", "List-Id:   ", 1):                  true, // carriers may fold anew
			"Received: by somebody\r\n" + string(raw):                                    true,
			strings.Replace(string(raw), "Auto-Submitted: auto-", "Auto-Submitted: ", 1): false,
		} {
			found, err := dkim.VerifyWithOptions(strings.NewReader(letter), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
				if name != record.Name {
					t.Errorf("the key is looked for at %s", name)
				}
				return []string{record.Text}, nil
			}})
			if err != nil || len(found) != 1 || (found[0].Err == nil) != good || found[0].Domain != "pozirk.example" {
				t.Errorf("%s: a letter that should hold (%v): %v %v", kind, good, found, err)
			}
		}
	}
}

func TestTheKeyOfTheSignaturesStays(t *testing.T) {
	s := post.Settings{Addr: "127.0.0.1:25", From: "news@pozirk.example", TLS: "none", Selector: "a", Key: filepath.Join(t.TempDir(), "k")}
	var last post.Record
	for i := range 2 {
		p, err := post.New(s)
		if err != nil {
			t.Fatal(err)
		}
		record, _ := p.Record()
		if i > 0 && record != last {
			t.Errorf("it was %v and is %v", last, record)
		}
		last = record
	}
}

func TestALineTakesManyLettersAndGoesOnAfterARefusal(t *testing.T) {
	box := mailtest.Open(t)
	box.Refuses = func(to string) error {
		if to == "no@example.org" {
			return refusal
		}
		return nil
	}
	p, err := post.New(post.Settings{Addr: box.Addr, From: "news@pozirk.example", TLS: "none", Bounces: "bounce@pozirk.example"})
	if err != nil {
		t.Fatal(err)
	}
	line, err := p.Line(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	for _, to := range []string{"one@example.org", "no@example.org", "two@example.org"} {
		l := piece
		l.To, l.Text = to, "One\n.\ntwo\n"
		raw, err := p.Bytes(l)
		if err != nil {
			t.Fatal(err)
		}
		if err := line.Send(to, "abc234", raw); (err != nil) != (to == "no@example.org") {
			t.Errorf("to %s: %v", to, err)
		} else if err != nil && strings.Contains(err.Error(), "no@") {
			t.Errorf("the fault names a reader: %v", err)
		}
	}
	for _, want := range []string{"one@example.org", "two@example.org"} {
		l := box.Next(t)
		if !bytes.Contains(l.Raw, []byte("\r\n.=\r\n")) && !bytes.Contains(l.Raw, []byte("\r\n.\r\n")) {
			t.Errorf("a line with a dot alone is lost: %s", l.Raw)
		}
		if l.To[0] != want || l.From != "bounce+abc234@pozirk.example" {
			t.Errorf("a letter came to %s from %s", l.To, l.From)
		}
	}
}
