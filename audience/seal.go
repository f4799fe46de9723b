package audience

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"

	"wireroom/fault"
)

// sealName is the row of the public key to which addresses are sealed.
const sealName = "seal"

// sealInfo ties a sealed address to its use (RFC 9180, section 5.1).
const sealInfo = "wireroom reader address"

func suite() (hpke.KEM, hpke.KDF, hpke.AEAD) {
	return hpke.DHKEM(ecdh.X25519()), hpke.HKDFSHA256(), hpke.ChaCha20Poly1305()
}

// ErrNoKey says that addresses cannot be read because their key is elsewhere.
var ErrNoKey = fault.Forbidden("the addresses of readers", "their key is not on this machine; give its file as readers_key")

// seal closes an address so that only the private key opens it.
func (s *Store) seal(ctx context.Context, address string) (string, error) {
	kem, kdf, aead := suite()
	public, err := s.public(ctx)
	if err != nil {
		return "", err
	}
	to, err := kem.NewPublicKey(public)
	if err != nil {
		return "", fault.Internal("read the seal", err)
	}
	closed, err := hpke.Seal(to, kdf, aead, []byte(sealInfo), []byte(address))
	if err != nil {
		return "", fault.Internal("seal an address", err)
	}
	return base64.StdEncoding.EncodeToString(closed), nil
}

// unseal opens an address; ErrNoKey without the key.
func (s *Store) unseal(sealed string) (string, error) {
	open, err := s.opener()
	if err != nil {
		return "", err
	}
	return open(sealed)
}

// opener reads the key once for many addresses; ErrNoKey without it.
func (s *Store) opener() (func(sealed string) (string, error), error) {
	kem, kdf, aead := suite()
	text, err := os.ReadFile(s.keyFile)
	if errors.Is(err, fs.ErrNotExist) || s.keyFile == "" {
		return nil, ErrNoKey
	}
	if err != nil {
		return nil, fault.Internal("read the key of the addresses", err)
	}
	private, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil {
		return nil, fault.Invalid(s.keyFile, "this is no key")
	}
	key, err := kem.NewPrivateKey(private)
	if err != nil {
		return nil, fault.Invalid(s.keyFile, "this is no key")
	}
	return func(sealed string) (string, error) {
		closed, err := base64.StdEncoding.DecodeString(sealed)
		if err != nil {
			return "", fault.Internal("open an address", err)
		}
		address, err := hpke.Open(key, kdf, aead, []byte(sealInfo), closed)
		if err != nil {
			return "", fault.Invalid(s.keyFile, "this key does not open the addresses")
		}
		return string(address), nil
	}, nil
}

// public is the key to seal to; the first time it is made, and its private half
// written to the key's file.
func (s *Store) public(ctx context.Context) ([]byte, error) {
	s.keys.Lock()
	defer s.keys.Unlock()
	if s.sealTo != nil {
		return s.sealTo, nil
	}
	text, err := s.keyNamed(ctx, sealName, s.newSeal)
	if err != nil {
		return nil, err
	}
	if s.sealTo, err = base64.StdEncoding.DecodeString(text); err != nil {
		return nil, fault.Internal("read the seal", err)
	}
	return s.sealTo, nil
}

func (s *Store) newSeal() (string, error) {
	kem, _, _ := suite()
	key, err := kem.GenerateKey()
	if err != nil {
		return "", fault.Internal("make the seal", err)
	}
	private, err := key.Bytes()
	if err != nil {
		return "", fault.Internal("make the seal", err)
	}
	if s.keyFile != "" {
		if err := writeKey(s.keyFile, base64.StdEncoding.EncodeToString(private)); err != nil {
			return "", err
		}
	}
	return base64.StdEncoding.EncodeToString(key.PublicKey().Bytes()), nil
}

// writeKey puts the key on the disk for good; it never replaces one.
func writeKey(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault.Conflict(path, "a key lies here that belongs to other tables; move it away first")
	}
	if err != nil {
		return fault.Internal("write the key of the addresses", err)
	}
	_, err = f.WriteString(text + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fault.Internal("write the key of the addresses", err)
	}
	return nil
}
