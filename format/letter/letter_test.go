package letter_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/letter"
	"wireroom/format/print"
)

func decode(s string) (format.Item, error) {
	for i, err := range letter.Decode(strings.NewReader(s)) {
		return i, err
	}
	return format.Item{}, io.EOF
}

func TestALetterGivesItsBestText(t *testing.T) {
	i, err := decode("From: Ann <ann@example.org>\r\nSubject: =?koi8-r?B?7s/Xz9PU2A==?=\r\nMessage-ID: <1@example.org>\r\nDate: Wed, 1 May 2024 12:00:00 +0200\r\n" +
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=CF=EB=EE=F5=EE\r\n" +
		"--b\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=D2=E5=EA=F1=F2 <b>one</b></p><img src=3D\"cid:1\">\r\n--b--\r\n" +
		"--a\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n\r\nx\r\n--a--\r\n")
	if err != nil {
		t.Fatal(err)
	}
	c := i.Content
	if c.Headline != "Новость" || print.Text(c.Body.Blocks) != "Текст one" || i.URI != "mid:1@example.org" || i.Created.Hour() != 10 ||
		c.Note != "attachment: a.pdf application/pdf\nbody img src: cid:1\nfrom: Ann <ann@example.org>" {
		t.Errorf("%+v", i)
	}
}

func TestLinesThatAMailProgramBrokeAreOneAgain(t *testing.T) {
	i, err := decode("From: a@example.org\nSubject: S\nContent-Type: text/plain; format=flowed\n\nOne \ntwo.\n\nThree.\n")
	if err != nil || print.Text(i.Content.Body.Blocks) != "One two.\n\nThree." {
		t.Errorf("%q %v", print.Text(i.Content.Body.Blocks), err)
	}
}

func TestAFormMailedByAPageGivesItsFields(t *testing.T) {
	i, err := decode("From: a@example.org\nSubject: Form\n\n{\"Headline\":[\"H\"],\"Slugline\":\"s\",\"Priority\":[\"2\"],\"Body\":[\"One\"],\"Embargo\":\"soon\",\"Desk\":[\"Sea\"]}\n")
	c := i.Content
	if err != nil || c.Headline != "H" || c.Slug != "s" || c.Urgency != 2 || print.Text(c.Body.Blocks) != "One" || !c.Embargo.Equal(format.Never) ||
		!strings.Contains(c.Note, "Desk: Sea") {
		t.Errorf("%+v %v", c, err)
	}
}

func TestWhatIsNoLetterIsRefused(t *testing.T) {
	for _, s := range []string{"", "no header", "X: y\n\nbody"} {
		var bad *format.Error
		if _, err := decode(s); !errors.As(err, &bad) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("From: a@example.org\nSubject: =?windows-1252?Q?a’b_c?=\n\nOne\n\nTwo\n")
	f.Add("Subject: s\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+YTwvcD4=\n--a--\n")
	f.Add("Subject: s\n\n{\"headline\":\"a\",\"body\":\"<p>b</p>\"}")
	f.Add("SuBjeCt:0\n\n\x00")
	f.Fuzz(func(t *testing.T, s string) {
		i, err := decode(s)
		var bad *format.Error
		if err != nil && (!errors.As(err, &bad) || bad.Line < 1) {
			t.Fatal(err)
		}
		if err == nil && (i.Content.Body.Check() != nil || i.URI == "") {
			t.Fatalf("%v %q", i.Content.Body.Check(), i.URI)
		}
	})
}
