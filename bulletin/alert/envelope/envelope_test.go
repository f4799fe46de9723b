package envelope

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"wireroom/fault"
)

func raw(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func private(t testing.TB, s string) *ecdh.PrivateKey {
	t.Helper()
	key, err := ecdh.P256().NewPrivateKey(raw(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// decrypt reads any number of records as RFC 8188 has them.
func decrypt(secret func(keyName []byte) ([]byte, error), body []byte) ([]byte, error) {
	if len(body) < headSize || len(body) < headSize+int(body[headSize-1]) {
		return nil, errors.New("no head")
	}
	salt, size, name := body[:saltSize], int(binary.BigEndian.Uint32(body[saltSize:])), body[headSize:headSize+int(body[headSize-1])]
	body = body[headSize+len(name):]
	ikm, err := secret(name)
	if err != nil {
		return nil, err
	}
	key, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	base, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	block, _ := aes.NewCipher(key)
	gcm, _ := cipher.NewGCM(block)
	var out []byte
	for n := uint64(0); ; n++ {
		one := body[:min(size, len(body))]
		body = body[len(one):]
		nonce := bytes.Clone(base)
		binary.BigEndian.PutUint64(nonce[4:], binary.BigEndian.Uint64(nonce[4:])^n)
		plain, err := gcm.Open(nil, nonce, one, nil)
		if err != nil {
			return nil, err
		}
		plain = bytes.TrimRight(plain, "\x00")
		if len(plain) == 0 {
			return nil, errors.New("a record of nothing but padding")
		}
		last := plain[len(plain)-1] == lastMark
		if last != (len(body) == 0) || !last && plain[len(plain)-1] != 1 {
			return nil, errors.New("a record does not end as it should")
		}
		out = append(out, plain[:len(plain)-1]...)
		if last {
			return out, nil
		}
	}
}

// opens does what a browser does.
func opens(own *ecdh.PrivateKey, auth, body []byte) ([]byte, error) {
	return decrypt(func(name []byte) ([]byte, error) {
		theirs, err := ecdh.P256().NewPublicKey(name)
		if err != nil {
			return nil, err
		}
		agreed, err := own.ECDH(theirs)
		if err != nil {
			return nil, err
		}
		return hkdf.Key(sha256.New, agreed, auth, "WebPush: info\x00"+string(own.PublicKey().Bytes())+string(name), 32)
	}, body)
}

// The values are those of RFC 8291, section 5 and appendix A.
func TestTheExampleOfWebPushComesOutByteForByte(t *testing.T) {
	to := Browser{Key: raw(t, "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"), Auth: raw(t, "BTBZMqHH6r4Tts7J_aSIgg")}
	own := private(t, "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
	message := "When I grow up, I want to be a watermelon"
	got, err := sealBy(own, raw(t, "DGv6ra1nlYgDCS1FRnbzlw"), to, []byte(message), len(message), 4096)
	if err != nil {
		t.Fatal(err)
	}
	want := "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
	if s := base64.RawURLEncoding.EncodeToString(got); s != want {
		t.Errorf("it is\n%s\nnot\n%s", s, want)
	}
	read, err := opens(private(t, "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), to.Auth, got)
	if err != nil || string(read) != message {
		t.Errorf("the browser reads %q: %v", read, err)
	}
}

// The values are those of RFC 8188, section 3.
func TestTheExamplesOfTheEncodingComeOut(t *testing.T) {
	secret := raw(t, "yqdlZ-tYemfogSmv7Ws5PQ")
	want := "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg"
	got, err := encrypt(secret, raw(t, "I1BsxtFttlv3u_Oo94xnmw"), nil, append([]byte("I am the walrus"), padding(0)...), 4096)
	if err != nil || base64.RawURLEncoding.EncodeToString(got) != want {
		t.Errorf("one record is %s: %v", base64.RawURLEncoding.EncodeToString(got), err)
	}
	// What the tests read with reads two records and their padding too.
	two := raw(t, "uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA")
	read, err := decrypt(func(name []byte) ([]byte, error) {
		if string(name) != "a1" {
			t.Errorf("the key is called %q", name)
		}
		return raw(t, "BO3ZVPxUlnLORbVGMpbT1Q"), nil
	}, two)
	if err != nil || string(read) != "I am the walrus" {
		t.Errorf("two records are read as %q: %v", read, err)
	}
}

func TestAllMessagesOfOneSizeLookAlike(t *testing.T) {
	own, auth := private(t, "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), raw(t, "BTBZMqHH6r4Tts7J_aSIgg")
	to, lengths := Browser{own.PublicKey().Bytes(), auth}, map[int]bool{}
	seen := map[string]bool{}
	for _, message := range []string{"", "x", "Łukašenka said: “no”", strings.Repeat("я", 1000)} {
		body, err := Seal(to, []byte(message), 2048)
		if err != nil {
			t.Fatal(err)
		}
		lengths[len(body)], seen[string(body[:headSize+KeySize])] = true, true
		if read, err := opens(own, auth, body); err != nil || string(read) != message {
			t.Errorf("%q is read as %q: %v", message, read, err)
		}
	}
	if len(lengths) != 1 || len(seen) != 4 {
		t.Errorf("%d lengths, %d of 4 heads are fresh", len(lengths), len(seen))
	}
	if body, err := Seal(to, make([]byte, Most), Most); err != nil || len(body) != 4096 {
		t.Errorf("the longest has %d bytes: %v", len(body), err)
	}
}

func TestWhatCannotBeClosedIsRefused(t *testing.T) {
	own := private(t, "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94").PublicKey().Bytes()
	auth := make([]byte, AuthSize)
	off := bytes.Clone(own)
	off[40] ^= 1
	for name, to := range map[string]Browser{
		"no key": {nil, auth}, "a short key": {own[:64], auth}, "a point off the curve": {off, auth}, "the point at infinity": {[]byte{0}, auth},
		"no secret": {own, nil}, "a long secret": {own, make([]byte, 17)},
	} {
		if _, err := Seal(to, []byte("x"), 10); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, size := range []int{1, Most + 1} {
		if _, err := Seal(Browser{own, auth}, []byte("xx"), size); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("into %d bytes: %v", size, err)
		}
	}
}

func TestAPushServiceKnowsTheSenderByItsKey(t *testing.T) {
	made, err := NewSender()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := made.Private()
	if err != nil {
		t.Fatal(err)
	}
	s, err := ReadSender(kept)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1_700_000_000, 0)
	header, until, err := s.Authorize("https://push.example", "https://pozirk.example", now)
	if err != nil || until != now.Add(12*time.Hour) {
		t.Fatal(until, err)
	}
	rest, ok := strings.CutPrefix(header, "vapid t=")
	token, key, found := strings.Cut(rest, ", k=")
	parts := strings.Split(token, ".")
	if !ok || !found || len(parts) != 3 || string(raw(t, parts[0])) != `{"typ":"JWT","alg":"ES256"}` {
		t.Fatalf("the header is %s", header)
	}
	var said claims
	if err := json.Unmarshal(raw(t, parts[1]), &said); err != nil || said != (claims{"https://push.example", until.Unix(), "https://pozirk.example"}) {
		t.Errorf("it says %+v: %v", said, err)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw(t, key))
	if err != nil {
		t.Fatal(err)
	}
	signature, hash := raw(t, parts[2]), sha256.Sum256([]byte(parts[0]+"."+parts[1]))
	if len(signature) != 64 || !ecdsa.Verify(public, hash[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Error("the signature is not the key's")
	}
	for _, bad := range []string{"", "=", "AAAA", strings.Repeat("A", 43)} {
		if _, err := ReadSender(bad); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the key %q: %v", bad, err)
		}
	}
}

func FuzzWhatABrowserGives(f *testing.F) {
	f.Add([]byte{4}, []byte("0123456789abcdef"), []byte("news"))
	own, err := ecdh.P256().NewPrivateKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(own.PublicKey().Bytes(), []byte("0123456789abcdef"), []byte("news"))
	f.Fuzz(func(t *testing.T, key, auth, message []byte) {
		to := Browser{key, auth}
		body, err := Seal(to, message, 2048)
		if fits := to.Check() == nil && len(message) <= 2048; fits != (err == nil) {
			t.Fatalf("%v, but %v", fits, err)
		}
		if err == nil && bytes.Equal(key, own.PublicKey().Bytes()) {
			if read, err := opens(own, auth, body); err != nil || !bytes.Equal(read, message) {
				t.Fatalf("%q is read as %q: %v", message, read, err)
			}
		}
	})
}
