package desk_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
)

// says posts to a door of the public address as a script there does, and gives
// the status and what is answered.
func (c *clerk) says(path string, value any) (int, []byte) {
	c.n.Helper()
	data, err := json.Marshal(value)
	c.n.ok(err)
	r, err := http.NewRequest("POST", c.n.host.URL+path, strings.NewReader(string(data)))
	c.n.ok(err)
	for _, cookie := range c.Jar.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
	r.Host = "pozirk.example"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	answer, err := c.Do(r)
	c.n.ok(err)
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	c.n.ok(err)
	return answer.StatusCode, said
}

// attested is what a browser answers that made a passkey: CBOR without a
// statement, of an authenticator of no known make.
func attested(n *newsroom, challenge string) json.RawMessage {
	n.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	n.ok(err)
	point, err := private.PublicKey.Bytes()
	n.ok(err)
	site := sha256.Sum256([]byte("pozirk.example"))
	data := append(site[:], "\x45\x00\x00\x00\x00"+strings.Repeat("\x00", 16)+"\x00\x10"+"sixteen bytes id"+"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"...)
	data = append(append(append(data, point[1:33]...), "\x22\x58\x20"...), point[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	b64 := base64.RawURLEncoding.EncodeToString
	id := b64([]byte("sixteen bytes id"))
	answer, err := json.Marshal(map[string]any{"id": id, "rawId": id, "type": "public-key", "clientExtensionResults": map[string]any{}, "response": map[string]any{
		"clientDataJSON":    b64([]byte(`{"type":"webauthn.create","challenge":"` + challenge + `","origin":"https://pozirk.example","crossOrigin":false}`)),
		"attestationObject": b64(append(object, data...))}})
	n.ok(err)
	return answer
}

func TestWhoeverGetsAPasskeyIsToldByMailInTheirLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		box := n.posted()
		rita := n.as(staff.Reporter)
		rita.posts("/desk/language", url.Values{"lang": {"be"}})
		status, said := rita.says("/desk/account/passkeys/challenge", struct{}{})
		var asked struct {
			Token   string
			Options struct{ PublicKey struct{ Challenge string } }
		}
		if err := json.Unmarshal(said, &asked); err != nil || status != 200 || asked.Token == "" {
			t.Fatalf("asked for a passkey, the desk says %d %s", status, said)
		}
		if status, said = rita.says("/desk/account/passkeys", map[string]any{"token": asked.Token, "name": "Ноўтбук", "answer": json.RawMessage("{}")}); status == 200 || box.Waiting() != 0 {
			t.Fatalf("a wrong answer is told %d %s, with %d letters", status, said, box.Waiting())
		}
		_, said = rita.says("/desk/account/passkeys/challenge", struct{}{})
		n.ok(json.Unmarshal(said, &asked))
		if status, said = rita.says("/desk/account/passkeys", map[string]any{"token": asked.Token, "name": "Ноўтбук", "answer": attested(n, asked.Options.PublicKey.Challenge)}); status != 200 {
			t.Fatalf("the passkey is answered %d %s", status, said)
		}
		if l := box.Next(t); l.To[0] != "rita@pozirk.example" || !strings.Contains(l.Text, "дададзены ключ доступу «Ноўтбук»") {
			t.Errorf("the letter to %s reads %s", l.To, l.Text)
		}
	})
}
