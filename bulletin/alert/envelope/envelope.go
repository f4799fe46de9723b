package envelope

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"wireroom/fault"
)

const (
	// AuthSize is how long a browser's secret is, in bytes (RFC 8291, 3.2).
	AuthSize = 16
	// KeySize is how long a public key is: a point of P-256, not compressed.
	KeySize = 65
	// Most is how long a message may be, so that the whole is no longer than
	// the 4096 bytes that each push service has to take.
	Most = 4096 - headSize - KeySize - overhead

	saltSize = 16
	headSize = saltSize + 4 + 1 // and the length of the key's name
	overhead = 1 + 16           // the mark of the end, and what proves the cipher
	lastMark = 2                // ends the last record; padding follows
)

// Browser is whom a message is for, by what the browser gave to the page.
type Browser struct {
	Key  []byte // its public key: a point of P-256, not compressed
	Auth []byte // a secret of 16 bytes
}

// Check is Invalid when no message could be closed for the browser.
func (b Browser) Check() error {
	if len(b.Auth) != AuthSize {
		return fault.Invalid("auth", "a browser's secret has %d bytes, not %d", AuthSize, len(b.Auth))
	}
	if _, err := ecdh.P256().NewPublicKey(b.Key); err != nil || len(b.Key) != KeySize {
		return fault.Invalid("p256dh", "this is no public key of a browser")
	}
	return nil
}

// Seal closes a message. It is made as long as size before, so that nothing can
// be told by its length; one that is longer is Invalid, as is more than Most.
func Seal(to Browser, message []byte, size int) ([]byte, error) {
	own, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fault.Internal("close an envelope", err)
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt)
	return sealBy(own, salt, to, message, size, headSize+KeySize+overhead+size)
}

// sealBy is Seal with the key and the salt of one message, and the size of a
// record that the head tells.
func sealBy(own *ecdh.PrivateKey, salt []byte, to Browser, message []byte, size, record int) ([]byte, error) {
	if err := to.Check(); err != nil {
		return nil, err
	}
	if len(message) > size || size > Most {
		return nil, fault.Invalid("message", "it has %d bytes, more than %d", len(message), min(size, Most))
	}
	secret, err := shared(own, to)
	if err != nil {
		return nil, err
	}
	return encrypt(secret, salt, own.PublicKey().Bytes(), append(append([]byte{}, message...), padding(size-len(message))...), record)
}

// padding is the mark of the last record and what fills it up.
func padding(n int) []byte {
	p := make([]byte, 1+n)
	p[0] = lastMark
	return p
}

// shared is the key that both have in common (RFC 8291, 3.4).
func shared(own *ecdh.PrivateKey, to Browser) ([]byte, error) {
	theirs, err := ecdh.P256().NewPublicKey(to.Key)
	if err != nil {
		return nil, fault.Invalid("p256dh", "this is no public key of a browser")
	}
	agreed, err := own.ECDH(theirs)
	if err != nil {
		return nil, fault.Internal("agree on a key", err)
	}
	info := "WebPush: info\x00" + string(to.Key) + string(own.PublicKey().Bytes())
	key, err := hkdf.Key(sha256.New, agreed, to.Auth, info, sha256.Size)
	if err != nil {
		return nil, fault.Internal("agree on a key", err)
	}
	return key, nil
}

// encrypt writes a single record of aes128gcm (RFC 8188, 2); padded ends with
// its mark.
func encrypt(secret, salt, keyName, padded []byte, record int) ([]byte, error) {
	if len(keyName) > 255 || len(padded)+overhead-1 > record {
		return nil, fault.Internal("close an envelope", errors.New("it does not fit into one record"))
	}
	key, err := hkdf.Key(sha256.New, secret, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, fault.Internal("close an envelope", err)
	}
	nonce, err := hkdf.Key(sha256.New, secret, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, fault.Internal("close an envelope", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fault.Internal("close an envelope", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fault.Internal("close an envelope", err)
	}
	out := append([]byte{}, salt...)
	out = binary.BigEndian.AppendUint32(out, uint32(record))
	out = append(out, byte(len(keyName)))
	out = append(out, keyName...)
	return gcm.Seal(out, nonce, padded, nil), nil
}
