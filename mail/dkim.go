package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"strings"

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

// signature is the field that goes before a letter: RFC 6376, and RFC 8463 for
// ed25519. A body of base64 or quoted-printable is passed on as it is, so that it
// is signed so; carriers fold fields anew, which the relaxed form forgives. The
// body must end with its only last line end.
func (p *Post) signature(head, body []byte) ([]byte, error) {
	kind, hash := "rsa", crypto.Hash(crypto.SHA256)
	if _, ok := p.key.(ed25519.PrivateKey); ok {
		kind, hash = "ed25519", 0
	}
	sum := sha256.Sum256(body)
	field := "DKIM-Signature: v=1; a=" + kind + "-sha256; c=relaxed/simple; d=" + p.domain + ";\r\n s=" + p.settings.Selector +
		"; h=" + signedNames + ";\r\n bh=" + base64.StdEncoding.EncodeToString(sum[:]) + ";\r\n b="
	var covered bytes.Buffer
	for _, name := range signedFields {
		if value, ok := valueOf(head, name); ok {
			relaxed(&covered, name, value)
			covered.WriteString("\r\n")
		}
	}
	name, value, _ := strings.Cut(field, ":")
	relaxed(&covered, name, []byte(value))
	sum = sha256.Sum256(covered.Bytes())
	signed, err := p.key.Sign(rand.Reader, sum[:], hash)
	if err != nil {
		return nil, fault.Internal("sign a letter", err)
	}
	var b bytes.Buffer
	b.WriteString(field)
	const line = 70
	for rest := base64.StdEncoding.EncodeToString(signed); rest != ""; {
		n := min(line, len(rest))
		b.WriteString(rest[:n])
		if rest = rest[n:]; rest != "" {
			b.WriteString("\r\n ")
		}
	}
	b.WriteString("\r\n")
	return b.Bytes(), nil
}

// signedNames are the signed fields as the signature lists them. One that is not
// in the letter is covered too: it cannot be put in.
var signedNames = strings.Join(signedFields[:5], ":") + ":\r\n " + strings.Join(signedFields[5:], ":")

// valueOf finds a field, with the lines that it is folded into.
func valueOf(head []byte, name string) ([]byte, bool) {
	for len(head) > 0 {
		end := 0
		for {
			i := bytes.Index(head[end:], []byte("\r\n"))
			if i < 0 {
				end = len(head)
				break
			}
			if end += i; end+2 >= len(head) || head[end+2] != ' ' && head[end+2] != '\t' {
				break
			}
			end += 2
		}
		if len(name) < end && head[len(name)] == ':' && strings.EqualFold(string(head[:len(name)]), name) {
			return head[len(name)+1 : end], true
		}
		head = head[min(end+2, len(head)):]
	}
	return nil, false
}

// relaxed writes a field as what carriers do to it leaves it.
func relaxed(b *bytes.Buffer, name string, value []byte) {
	b.WriteString(strings.ToLower(name) + ":")
	blank := func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }
	for i, word := range bytes.FieldsFunc(value, blank) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.Write(word)
	}
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
