package mail_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"

	post "wireroom/mail"
)

// partsOf reads a letter as a mail program does.
func partsOf(t *testing.T, raw []byte) (all []string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(decoded(p))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Header.Get("Content-Type")+"\n"+strings.TrimRight(string(text), "\r\n"))
	}
}

func FuzzALetterFromAStencilReadsLikeOneOfItsOwn(f *testing.F) {
	p := signing(f, "ed25519")
	f.Add("See MARK for more.\n\n  MARKMARK \n.\nMARK", "https://pozirk.example/quit?a=1")
	f.Add("MARK", "x")
	f.Add("Глядзіце MARK, калі ласка = ", "https://пазірк.example/")
	f.Add(strings.Repeat("long ", 40)+"MARK"+strings.Repeat("x", 80), strings.Repeat("y", 90))
	f.Fuzz(func(t *testing.T, text, quit string) {
		if strings.ContainsAny(quit, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
			t.Skip("an address has one line, and a sheet no line ends of its own")
		}
		own := piece
		own.Text, own.HTML, own.Quit = strings.ReplaceAll(text, "MARK", quit), "<p>"+strings.ReplaceAll(text, "MARK", quit), quit
		shared := piece
		shared.Text, shared.HTML, shared.Quit = "", "", quit
		shared.Parts = []*post.Stencil{post.Plain(text, "MARK"), post.HTML("<p>"+text, "MARK")}
		var read [2][]string
		for i, l := range []post.Piece{own, shared} {
			raw, err := p.Bytes(l)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(string(raw[bytes.Index(raw, []byte("\r\n\r\n")):]), "\r\n") {
				if len(line) > 78 {
					t.Errorf("a line of the body is %d bytes long: %q", len(line), line)
				}
			}
			read[i] = partsOf(t, raw)
		}
		if len(read[0]) != 2 || strings.Join(read[0], "\n") != strings.Join(read[1], "\n") {
			t.Errorf("it reads %q, not %q", read[1], read[0])
		}
	})
}
