package push

import (
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/wire"
)

// filer is a machine that takes files by sftp, from whoever knows the password
// or has the key.
type filer struct {
	addr   string
	folder string

	mu    sync.Mutex
	host  ssh.Signer
	known string // public key that is let in
}

func takesFiles(t *testing.T) *filer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	f := &filer{addr: l.Addr().String(), folder: t.TempDir()}
	f.newKey(t)
	if err := os.Mkdir(filepath.Join(f.folder, "in"), 0o700); err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go f.serve(c)
		}
	}()
	return f
}

func (f *filer) newKey(t *testing.T) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.host, err = ssh.NewSignerFromKey(key); err != nil {
		t.Fatal(err)
	}
}

func (f *filer) serve(c net.Conn) {
	defer c.Close()
	f.mu.Lock()
	config := &ssh.ServerConfig{
		PasswordCallback: func(_ ssh.ConnMetadata, word []byte) (*ssh.Permissions, error) {
			if string(word) != "letmein" {
				return nil, os.ErrPermission
			}
			return nil, nil
		},
		PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) != f.known {
				return nil, os.ErrPermission
			}
			return nil, nil
		},
	}
	config.AddHostKey(f.host)
	f.mu.Unlock()
	_, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for one := range channels {
		channel, requests, err := one.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range requests {
				_ = r.Reply(r.Type == "subsystem", nil)
			}
		}()
		s, err := sftp.NewServer(channel, sftp.WithServerWorkingDirectory(f.folder))
		if err != nil {
			return
		}
		_ = s.Serve()
		s.Close()
	}
}

func (f *filer) files(t *testing.T) (names []string) {
	t.Helper()
	all, err := os.ReadDir(filepath.Join(f.folder, "in"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		names = append(names, one.Name())
	}
	return names
}

func TestFilesAreLaidWholeOnAMachineThatIsKnown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d, nil)
		f := takesFiles(t)
		e := r.adds(Endpoint{Way: SFTP, Address: "sftp://wire@" + f.addr + "/in", Password: "letmein"})
		r.runs()
		r.sends(stories("a", 2)...)
		r.until("two files lie there", func() bool { return strings.Join(f.files(t), " ") == "wire-1.json wire-2.json" })
		if text, err := os.ReadFile(filepath.Join(f.folder, "in", "wire-2.json")); err != nil || string(text) != `{"Number":2,"Story":"a1","Signal":"new"}` {
			t.Errorf("the second is %s: %v", text, err)
		}
		e, err := r.store.Endpoint(t.Context(), "radio", e.ID)
		if err != nil || !strings.HasPrefix(e.Fingerprint(), "SHA256:") {
			t.Fatalf("the machine is known as %q: %v", e.Fingerprint(), err)
		}
		f.newKey(t)
		r.sends(stories("b", 1)...)
		r.until("another machine is refused", func() bool {
			all, err := r.store.Troubles(t.Context())
			return err == nil && len(all) == 1 && strings.Contains(all[0].Error, "another key")
		})
		if err := r.store.Unpin(t.Context(), "radio", e.ID); err != nil {
			t.Fatal(err)
		}
		r.until("the third lies there", func() bool { return len(f.files(t)) == 3 })
	})
}

func TestAMachineMayKnowUsByOurKey(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	f := takesFiles(t)
	e := r.adds(Endpoint{Way: SFTP, Address: "sftp://wire@" + f.addr + "/in"})
	d := Document{Type: "text/plain", Extension: "txt", Body: []byte("a try")}
	if err := r.push.Try(t.Context(), e, d, "1"); err == nil {
		t.Error("a stranger is let in")
	}
	f.known = e.PublicKey()
	for range 2 { // the second replaces the first
		if err := r.push.Try(t.Context(), e, d, "1"); err != nil {
			t.Fatal(err)
		}
	}
	if names := f.files(t); len(names) != 1 || names[0] != "test-1.txt" {
		t.Errorf("there lie %v", names)
	}
}

func TestLettersAreSentByOneNameForEver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		box := mailtest.Open(t)
		post, err := mail.New(mail.Settings{Addr: box.Addr, From: "Pozirk <wire@example.org>", TLS: "none"})
		if err != nil {
			t.Fatal(err)
		}
		r := open(t, d, post)
		e := r.adds(Endpoint{Way: Mail, Address: "radio@example.org"})
		stop := r.runs()
		r.sends(wire.Entry{Story: "a"})
		one := box.Next(t)
		stop()
		if err := r.store.From(t.Context(), "radio", e.ID, 0); err != nil {
			t.Fatal(err)
		}
		r.runs()
		two := box.Next(t)
		if id := one.Header.Get("Message-ID"); id != "<wire-1."+string(e.ID)+"@wireroom>" || id != two.Header.Get("Message-ID") {
			t.Errorf("they are named %q and %q", id, two.Header.Get("Message-ID"))
		}
		if one.Header.Get("Subject") != "Record 1" || strings.TrimSpace(one.Text) != `{"Number":1,"Story":"a","Signal":"new"}` || one.To[0] != "radio@example.org" {
			t.Errorf("there came %+v", one)
		}
	})
}

func TestWithoutACarrierLettersWait(t *testing.T) {
	r := open(t, dbtest.SQLite(t), nil)
	e := r.adds(Endpoint{Way: Mail, Address: "radio@example.org"})
	if err := r.push.Try(t.Context(), e, Document{}, "1"); !fault.Is(err, fault.KindConflict) {
		t.Errorf("%v", err)
	}
}
