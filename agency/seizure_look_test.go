package agency_test

import (
	"archive/zip"
	"bytes"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// evidence is all that lies in a folder, by name; what is packed is unpacked.
func evidence(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = data
		if strings.HasSuffix(path, ".zip") {
			unpack(t, path, all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func unpack(t *testing.T, path string, into map[string][]byte) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		into[path+"/"+f.Name] = data
	}
}

// The ways in which what somebody knows can lie on a disk.
const (
	inClear   = "in clear"
	encoded   = "encoded"
	hashed    = "hash"
	keyHashed = "keyed hash"
	sealedUp  = "sealed"
)

// purposes are those for which the program derives keys, and others that it
// might.
var purposes = []string{"", "email", "number", "words", "ask", "spent", "seat", "codes", "code", "gift", "gift used", "session", "alert"}

// disguises gives text in all the forms in which it is looked for.
func disguises(text string, secret []byte) map[string][]string {
	raw := []byte(text)
	reversed := slices.Clone(raw)
	slices.Reverse(reversed)
	units := utf16.Encode([]rune(text))
	little, big := make([]byte, 2*len(units)), make([]byte, 2*len(units))
	for i, u := range units {
		binary.LittleEndian.PutUint16(little[2*i:], u)
		binary.BigEndian.PutUint16(big[2*i:], u)
	}
	squeezed := strings.NewReplacer(" ", "", "-", "").Replace(text)
	all := map[string][]string{
		inClear: {text, squeezed, strings.ToLower(text), strings.ToUpper(text), string(reversed), string(little), string(big)},
		encoded: {hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw))},
	}
	if q := url.QueryEscape(text); q != text {
		all[encoded] = append(all[encoded], q)
	}
	for skip := range 3 { // base64 may begin at any byte of three
		padded := base64.StdEncoding.EncodeToString(append(make([]byte, skip), raw...))
		core := strings.TrimRight(padded[(skip*8+5)/6:], "=")
		core = core[:len(core)-1]
		all[encoded] = append(all[encoded], core, strings.NewReplacer("+", "-", "/", "_").Replace(core))
	}
	for _, form := range []string{text, squeezed, strings.ToLower(text)} {
		b := []byte(form)
		five, one, two, big := md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha512.Sum512(b)
		for _, sum := range [][]byte{five[:], one[:], two[:], big[:]} {
			all[hashed] = append(all[hashed], printed(sum)...)
		}
		for _, key := range keysOf(secret) {
			h := hmac.New(sha256.New, key)
			h.Write(b)
			all[keyHashed] = append(all[keyHashed], printed(h.Sum(nil))...)
		}
	}
	return all
}

// printed gives the beginning of a hash as it may stand in a file; hashes are
// often cut.
func printed(sum []byte) []string {
	sum = sum[:12]
	return []string{string(sum), hex.EncodeToString(sum), base64.RawStdEncoding.EncodeToString(sum), base64.RawURLEncoding.EncodeToString(sum)}
}

func keysOf(secret []byte) [][]byte {
	keys := [][]byte{secret}
	for _, purpose := range purposes {
		key, err := hkdf.Key(sha256.New, secret, nil, "wireroom readers "+purpose, sha256.Size)
		if err != nil {
			panic(err)
		}
		keys = append(keys, key)
	}
	return keys
}

// wanted is what a search looks for: a text in a form, and whose it is.
type wanted struct{ kind, form, text string }

// head is as much of a text as decides whether to look closer.
const head = 8

// hunt finds which kinds of knowledge lie in the evidence and in which form.
func hunt(found map[string][]byte, all []wanted) map[string]map[string]bool {
	byHead := map[string][]wanted{}
	for _, w := range all {
		if len(w.text) >= head {
			byHead[w.text[:head]] = append(byHead[w.text[:head]], w)
		}
	}
	seen := map[string]map[string]bool{}
	for _, data := range found {
		for i := 0; i+head <= len(data); i++ {
			for _, w := range byHead[string(data[i:i+head])] {
				if bytes.HasPrefix(data[i:], []byte(w.text)) {
					note(seen, w.kind, w.form)
				}
			}
		}
	}
	return seen
}

func note(seen map[string]map[string]bool, kind, form string) {
	if seen[kind] == nil {
		seen[kind] = map[string]bool{}
	}
	seen[kind][form] = true
}

var longBase64 = regexp.MustCompile(`[A-Za-z0-9+/]{64,}={0,2}`)

// unsealed opens all that the key of the addresses opens.
func unsealed(t *testing.T, found map[string][]byte, keyFile string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	private, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	key, err := hpke.DHKEM(ecdh.X25519()).NewPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	opened, tried := map[string]bool{}, map[string]bool{}
	for _, data := range found {
		for _, m := range longBase64.FindAll(data, -1) {
			for cut := range 4 { // the byte before may look like base64 too
				text := string(m[cut:])
				if tried[text] {
					continue
				}
				tried[text] = true
				if closed, err := base64.StdEncoding.DecodeString(text); err == nil {
					if said, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte("wireroom reader address"), closed); err == nil {
						opened[string(said)] = true
					}
				}
			}
		}
	}
	return opened
}

// told says what was found as docs/privacy.md does: "e-mail address: keyed hash, sealed".
func told(kind string, forms map[string]bool) string {
	if len(forms) == 0 {
		return kind + ": nothing"
	}
	return kind + ": " + strings.Join(slices.Sorted(maps.Keys(forms)), ", ")
}

func TestTheHuntFindsWhatIsHidden(t *testing.T) {
	secret := bytes.Repeat([]byte{7}, 32)
	const text = "Alena.Canary@example.org"
	for form, some := range disguises(text, secret) {
		for _, s := range some {
			var all []wanted
			for f, texts := range disguises(text, secret) {
				for _, one := range texts {
					all = append(all, wanted{"address", f, one})
				}
			}
			seen := hunt(map[string][]byte{"a": []byte("xx" + s + "yy"), "b": []byte("nothing")}, all)
			if !seen["address"][form] {
				t.Errorf("%q is not found as %s", s, form)
			}
		}
	}
	if seen := hunt(map[string][]byte{"a": []byte("alena.other@example.org")}, nil); len(seen) != 0 {
		t.Errorf("where nothing is there is %v", seen)
	}
}
