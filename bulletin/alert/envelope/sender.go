package envelope

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"wireroom/fault"
)

// goodFor is how long a signature lasts; a push service refuses more than a
// day (RFC 8292, 2).
const goodFor = 12 * time.Hour

// Sender is who sends: push services know it by its key, and browsers take
// messages of that key alone.
type Sender struct{ key *ecdsa.PrivateKey }

// NewSender makes one with a key of its own.
func NewSender() (Sender, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Sender{}, fault.Internal("make the key of the alerts", err)
	}
	return Sender{key}, nil
}

// ReadSender reads what Private wrote; Invalid.
func ReadSender(text string) (Sender, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return Sender{}, fault.Invalid("key", "the key of the alerts is damaged")
	}
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
	if err != nil {
		return Sender{}, fault.Invalid("key", "the key of the alerts is damaged")
	}
	return Sender{key}, nil
}

// Private is the key to keep.
func (s Sender) Private() (string, error) {
	raw, err := s.key.Bytes()
	if err != nil {
		return "", fault.Internal("write the key of the alerts", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// Public is the key that browsers are given, as they want it.
func (s Sender) Public() (string, error) {
	raw, err := s.key.PublicKey.Bytes()
	if err != nil {
		return "", fault.Internal("write the key of the alerts", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// claims are what a sender says of itself.
type claims struct {
	Audience string `json:"aud"`
	Until    int64  `json:"exp"`
	Contact  string `json:"sub,omitempty"`
}

// Authorize is the header by which a push service knows the sender. To is the
// service's origin, "https://push.example"; contact is where the sender can be
// asked, an https or mailto address, "" for none. It is good until the instant.
func (s Sender) Authorize(to, contact string, now time.Time) (header string, until time.Time, err error) {
	until = now.Add(goodFor)
	said, err := json.Marshal(claims{to, until.Unix(), contact})
	if err != nil {
		return "", until, fault.Internal("sign for the alerts", err)
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"ES256"}`)) + "." + base64.RawURLEncoding.EncodeToString(said)
	hash := sha256.Sum256([]byte(text))
	r, w, err := ecdsa.Sign(rand.Reader, s.key, hash[:])
	if err != nil {
		return "", until, fault.Internal("sign for the alerts", err)
	}
	signature := append(r.FillBytes(make([]byte, 32)), w.FillBytes(make([]byte, 32))...)
	public, err := s.Public()
	if err != nil {
		return "", until, err
	}
	return "vapid t=" + text + "." + base64.RawURLEncoding.EncodeToString(signature) + ", k=" + public, until, nil
}
