package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"

	"github.com/emersion/go-msgauth/dkim"

	"wireroom/fault"
)

// KeyWords are the kinds of keys that letters can be signed with. Every
// receiver knows rsa; ed25519 is far quicker, and some still pass it over.
func KeyWords() []string { return []string{"rsa", "ed25519"} }

const rsaBits = 2048

// signedFields are the fields that a signature covers: what a reader sees, and
// what RFC 8058 wants covered.
var signedFields = []string{"From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
	"Auto-Submitted", "MIME-Version", "Content-Type"}

// Record is what the domain's owner enters in the DNS for signatures to be
// believed.
type Record struct{ Name, Text string }

// Record is the entry for the key with which letters are signed; false when
// they are not.
func (p *Post) Record() (Record, bool) {
	if p.key == nil {
		return Record{}, false
	}
	kind, public := "ed25519", []byte(nil)
	switch k := p.key.Public().(type) {
	case ed25519.PublicKey:
		public = k
	case *rsa.PublicKey:
		var err error
		kind = "rsa"
		if public, err = x509.MarshalPKIXPublicKey(k); err != nil {
			return Record{}, false
		}
	}
	return Record{p.settings.Selector + "._domainkey." + p.domain, "v=DKIM1; k=" + kind + "; p=" + base64.StdEncoding.EncodeToString(public)}, true
}

// signed is the letter with its signature before it.
func (p *Post) signed(letter []byte) ([]byte, error) {
	if p.key == nil {
		return letter, nil
	}
	// A body of base64 or quoted-printable is passed on as it is, so that it is
	// signed so; carriers fold fields anew, which the relaxed form forgives.
	s, err := dkim.NewSigner(&dkim.SignOptions{
		Domain: p.domain, Selector: p.settings.Selector, Signer: p.key, HeaderKeys: signedFields,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationSimple,
	})
	if err != nil {
		return nil, fault.Internal("sign a letter", err)
	}
	_, err = s.Write(letter)
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, fault.Internal("sign a letter", err)
	}
	return append([]byte(s.Signature()), letter...), nil
}

// readKey reads the key of the signatures, and makes it the first time.
func readKey(path, kind string) (crypto.Signer, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newKey(path, kind)
	}
	if err != nil {
		return nil, fault.Internal("read the key of the letters", err)
	}
	block, _ := pem.Decode(bytes.TrimSpace(text))
	if block == nil {
		return nil, fault.Invalid("mail_dkim_key", "%s holds no key", path)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fault.Invalid("mail_dkim_key", "%s holds no key: %v", path, err)
	}
	switch k := key.(type) {
	case ed25519.PrivateKey:
		return k, nil
	case *rsa.PrivateKey:
		return k, nil
	}
	return nil, fault.Invalid("mail_dkim_key", "%s holds a key of a kind that letters are not signed with", path)
}

func newKey(path, kind string) (key crypto.Signer, err error) {
	if kind == "ed25519" {
		_, key, err = ed25519.GenerateKey(rand.Reader)
	} else {
		key, err = rsa.GenerateKey(rand.Reader, rsaBits)
	}
	if err != nil {
		return nil, fault.Internal("make the key of the letters", err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fault.Internal("make the key of the letters", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fault.Internal("write the key of the letters", err)
	}
	err = pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: raw})
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fault.Internal("write the key of the letters", err)
	}
	return key, nil
}
