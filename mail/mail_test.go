package mail_test

import (
	"errors"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/fault"
	post "wireroom/mail"
	"wireroom/mail/mailtest"
)

func send(t *testing.T, s post.Settings, l post.Letter) error {
	t.Helper()
	p, err := post.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return p.Send(t.Context(), l)
}

func TestALetterArrivesAsItWasWritten(t *testing.T) {
	box := mailtest.Open(t)
	l := post.Letter{To: "ada@pozirk.example", Subject: "Запрашэнне ў Позірк\n", Text: "Добры дзень!\n\nhttps://example.org/desk/sign-in/TOKEN\n.\nда спаткання\n"}
	if err := send(t, post.Settings{Addr: box.Addr, From: "Позірк <desk@pozirk.example>", TLS: "none"}, l); err != nil {
		t.Fatal(err)
	}
	got := box.Next(t)
	if got.From != "desk@pozirk.example" || len(got.To) != 1 || got.To[0] != "ada@pozirk.example" {
		t.Errorf("it goes from %q to %q", got.From, got.To)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != "Запрашэнне ў Позірк" {
		t.Errorf("its subject is %q: %v", subject, err)
	}
	if from, err := mail.ParseAddress(got.Header.Get("From")); err != nil || from.Name != "Позірк" {
		t.Errorf("it is from %v: %v", from, err)
	}
	if strings.TrimSpace(got.Text) != strings.TrimSpace(l.Text) {
		t.Errorf("it reads %q", got.Text)
	}
}

func TestTheCarrierLearnsThePasswordFromItsFile(t *testing.T) {
	box := mailtest.Open(t)
	box.User, box.Password = "desk", "correct horse"
	file := filepath.Join(t.TempDir(), "password")
	for word, want := range map[string]bool{"correct horse\n": true, "battery": false} {
		if err := os.WriteFile(file, []byte(word), 0o600); err != nil {
			t.Fatal(err)
		}
		err := send(t, post.Settings{Addr: box.Addr, From: "desk@pozirk.example", User: "desk", Password: file, TLS: "none"},
			post.Letter{To: "ada@pozirk.example", Subject: "x", Text: "x"})
		if (err == nil) != want {
			t.Errorf("with the password %q: %v", word, err)
		}
		if err != nil && (!fault.Is(err, fault.KindInternal) || strings.Contains(err.Error(), word)) {
			t.Errorf("the fault is %v", err)
		}
	}
}

func TestAnOpenLineIsRefusedUnlessItIsAskedFor(t *testing.T) {
	box := mailtest.Open(t) // speaks no TLS
	for _, tls := range []string{"", "starttls", "tls"} {
		if err := send(t, post.Settings{Addr: box.Addr, From: "desk@pozirk.example", TLS: tls},
			post.Letter{To: "ada@pozirk.example", Subject: "x", Text: "x"}); err == nil {
			t.Errorf("with TLS %q a letter goes over an open line", tls)
		}
	}
	if n := box.Waiting(); n > 0 {
		t.Errorf("%d letters arrived", n)
	}
}

func TestWrongSettingsAreNamed(t *testing.T) {
	for field, s := range map[string]post.Settings{
		"mail":      {Addr: "nowhere", From: "desk@pozirk.example"},
		"mail_from": {Addr: "127.0.0.1:25", From: "desk"},
	} {
		var f *fault.Error
		if _, err := post.New(s); !errors.As(err, &f) || f.Kind != fault.KindInvalid || f.Subject != field {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
	if err := send(t, post.Settings{Addr: "127.0.0.1:25", From: "desk@pozirk.example"}, post.Letter{To: "nobody"}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a letter to nobody: %v", err)
	}
}
