package staff_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
)

var pozirk = staff.Site{ID: "pozirk.example", Origin: "https://pozirk.example", Name: "Pozirk"}

// key is an authenticator with one passkey, written from the specification.
type key struct {
	raw     []byte
	private *ecdsa.PrivateKey
	owner   string
	counter uint32
	site    staff.Site // where the browser believes to be
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func newKey(n *newsroom, owner staff.Person) *key {
	n.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	n.ok(err)
	raw := make([]byte, 16)
	_, _ = rand.Read(raw)
	return &key{raw, private, owner.ID, 0, pozirk}
}

func (k *key) id() string { return b64(k.raw) }

// asked finds the challenge in what a browser is given.
func asked(n *newsroom, c staff.Ceremony) string {
	n.Helper()
	var q struct {
		Options struct {
			PublicKey struct{ Challenge, RpID string }
		}
	}
	text, err := json.Marshal(c)
	n.ok(err)
	n.ok(json.Unmarshal(text, &q))
	if q.Options.PublicKey.Challenge == "" {
		n.Fatalf("nothing is asked in %s", text)
	}
	return q.Options.PublicKey.Challenge
}

func (k *key) client(kind, challenge string) []byte {
	return []byte(`{"type":"webauthn.` + kind + `","challenge":"` + challenge + `","origin":"` + k.site.Origin + `","crossOrigin":false}`)
}

// data is what the authenticator signs: the site, that somebody was there and
// was known, and how often the key was used.
func (k *key) data(flags byte) []byte {
	site := sha256.Sum256([]byte(k.site.ID))
	return binary.BigEndian.AppendUint32(append(site[:], flags), k.counter)
}

// made answers the making of a passkey: an attestation object without a
// statement, in CBOR.
func (k *key) made(n *newsroom, c staff.Ceremony) []byte {
	point, err := k.private.PublicKey.Bytes()
	n.ok(err)
	cose := append([]byte{0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32}, point[1:33]...)
	cose = append(append(cose, 0x22, 0x58, 32), point[33:]...)
	data := append(k.data(0x45), make([]byte, 16)...) // 16: of no known make
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.raw)))
	data = append(append(data, k.raw...), cose...)
	object := []byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58")
	object = append(append(object, byte(len(data))), data...)
	return k.json(n, map[string]any{"clientDataJSON": b64(k.client("create", asked(n, c))), "attestationObject": b64(object)})
}

func (k *key) json(n *newsroom, response map[string]any) []byte {
	text, err := json.Marshal(map[string]any{"id": k.id(), "rawId": k.id(), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	n.ok(err)
	return text
}

// signed answers a sign-in.
func (k *key) signed(n *newsroom, c staff.Ceremony) []byte {
	client := k.client("get", asked(n, c))
	data, hash := k.data(0x05), sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, sum[:])
	n.ok(err)
	return k.json(n, map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64([]byte(k.owner))})
}

// registers gives somebody a passkey.
func (n *newsroom) registers(p staff.Person) *key {
	n.Helper()
	k := newKey(n, p)
	c, err := n.AskForPasskey(n.ctx(), p.ID, pozirk)
	n.ok(err)
	_, err = n.AddPasskey(n.ctx(), p.ID, pozirk, c.Token, "Firefox on Linux", k.made(n, c))
	n.ok(err)
	return k
}

// comesIn signs in by the key.
func (k *key) comesIn(n *newsroom) error {
	n.Helper()
	c, err := n.AskForSignIn(n.ctx(), pozirk)
	n.ok(err)
	k.counter++
	session, err := n.SignInByPasskey(n.ctx(), pozirk, c.Token, k.signed(n, c), staff.Entry{Browser: "Firefox"})
	if err == nil {
		n.inside(session, true)
	}
	return err
}

func TestAPasskeySignsItsOwnerIn(t *testing.T) {
	each(t, func(n *newsroom) {
		ada := n.one(staff.Editor)
		first, second := n.registers(ada), n.registers(ada)
		n.ok(first.comesIn(n))
		n.ok(second.comesIn(n))
		n.ok(first.comesIn(n))
		keys, err := n.Passkeys(n.ctx(), ada.ID)
		if err != nil || len(keys) != 2 || keys[0].Site != pozirk.ID || keys[0].Used.IsZero() {
			t.Errorf("she has %+v: %v", keys, err)
		}
		n.ok(n.NamePasskey(n.ctx(), ada.ID, first.id(), "Yubikey"))
		n.is(n.NamePasskey(n.ctx(), n.two(staff.Editor).ID, first.id(), "Mine"), fault.KindNotFound)
		n.is(n.RemovePasskey(n.ctx(), n.two(staff.Editor).ID, first.id()), fault.KindNotFound)
		n.ok(n.RemovePasskey(n.ctx(), ada.ID, first.id()))
		n.is(first.comesIn(n), fault.KindForbidden)
		n.ok(second.comesIn(n))
	})
}

func TestAChallengeIsAnsweredOnceAndSoonAndByWhomItWasAsked(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada, bob := n.ctx(), n.one(staff.Editor), n.two(staff.Editor)
		k := n.registers(ada)
		c, err := n.AskForSignIn(ctx, pozirk)
		n.ok(err)
		answer := k.signed(n, c)
		_, err = n.SignInByPasskey(ctx, pozirk, c.Token, []byte("{}"), staff.Entry{})
		n.is(err, fault.KindForbidden)
		_, err = n.SignInByPasskey(ctx, pozirk, c.Token, answer, staff.Entry{}) // the wrong answer used it up
		n.is(err, fault.KindForbidden)

		c, err = n.AskForSignIn(ctx, pozirk)
		n.ok(err)
		n.now = n.now.Add(5 * time.Minute)
		_, err = n.SignInByPasskey(ctx, pozirk, c.Token, k.signed(n, c), staff.Entry{})
		n.is(err, fault.KindForbidden)

		c, err = n.AskForPasskey(ctx, ada.ID, pozirk)
		n.ok(err)
		_, err = n.AddPasskey(ctx, bob.ID, pozirk, c.Token, "Mine", newKey(n, bob).made(n, c))
		n.is(err, fault.KindForbidden)
		other, err := n.AskForSignIn(ctx, pozirk)
		n.ok(err)
		_, err = n.SignInByPasskey(ctx, pozirk, other.Token, k.signed(n, c), staff.Entry{})
		n.is(err, fault.KindForbidden)
	})
}

func TestAPasskeyFromAnotherPageOpensNothing(t *testing.T) {
	each(t, func(n *newsroom) {
		k := n.registers(n.one(staff.Editor))
		for _, forged := range []staff.Site{
			{ID: "pozirk.example", Origin: "https://poz1rk.example"}, {ID: "poz1rk.example", Origin: "https://poz1rk.example"},
			{ID: "poz1rk.example", Origin: "https://pozirk.example"}, {ID: "pozirk.example", Origin: "http://pozirk.example"},
		} {
			k.site = forged
			n.is(k.comesIn(n), fault.KindForbidden)
		}
		k.site = pozirk
		k.owner = n.two(staff.Editor).ID
		n.is(k.comesIn(n), fault.KindForbidden)
		k.owner = n.one(staff.Editor).ID
		n.ok(k.comesIn(n))
	})
}

func TestACopyOfAPasskeyIsFoundOutByItsCounter(t *testing.T) {
	each(t, func(n *newsroom) {
		k := n.registers(n.one(staff.Editor))
		thief := *k
		for range 3 {
			n.ok(k.comesIn(n))
		}
		n.is(thief.comesIn(n), fault.KindForbidden)
		if got := n.did(1)[0]; got != "One editor passkey-copied" {
			t.Errorf("the list says %q", got)
		}
		n.ok(k.comesIn(n))
	})
}

func TestAFrozenOwnersPasskeyOpensNothingUntilTheyAreThawed(t *testing.T) {
	each(t, func(n *newsroom) {
		ada := n.one(staff.Reporter)
		k := n.registers(ada)
		n.ok(n.Freeze(n.ctx(), n.one(staff.Editor), ada.ID))
		n.is(k.comesIn(n), fault.KindForbidden)
		_, err := n.AskForPasskey(n.ctx(), ada.ID, pozirk)
		n.is(err, fault.KindForbidden)
		_, err = n.Thaw(n.ctx(), staff.Terminal(), ada.ID)
		n.ok(err)
		n.ok(k.comesIn(n))
	})
}
