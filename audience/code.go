package audience

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"strings"
)

// A code is a signed note of twenty signs: whose batch it is (20 bits), chance
// (40 bits) and a keyed check of both (40 bits). So the program knows its own
// codes without a list that could be seized.
const (
	codeSigns  = 20
	batchSigns = 4
	noteSigns  = 8
	batchMost  = 1 << (5 * batchSigns)
)

// signs are Crockford's: without those that are taken for one another.
const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// code is what a code says.
type code struct {
	batch int64
	note  uint64
}

// ReadCode takes a code as people write it, with blanks or dashes, in small
// letters, with O for 0 and I or L for 1; false if it cannot be one.
func ReadCode(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" -–\u00a0\u2009\u202f\t\r\n", r):
			return -1
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, s)
	if len(s) != codeSigns || strings.Trim(s, signs) != "" {
		return "", false
	}
	return s, true
}

// spell writes n in so many signs.
func spell(n uint64, count int) string {
	text := make([]byte, count)
	for i := range text {
		text[count-1-i] = signs[n>>(5*i)&31]
	}
	return string(text)
}

// unspell reads what spell wrote.
func unspell(s string) (n uint64) {
	for i := range len(s) {
		n = n<<5 | uint64(strings.IndexByte(signs, s[i]))
	}
	return n
}

// sign makes the code's text.
func (c code) sign(key []byte) string {
	said := spell(uint64(c.batch), batchSigns) + spell(c.note, noteSigns)
	return said + check(key, said)
}

func check(key []byte, said string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(said))
	return spell(binary.BigEndian.Uint64(h.Sum(nil)), noteSigns)
}

// readCode reads a code of ours; false for all others.
func readCode(key []byte, text string) (code, bool) {
	s, ok := ReadCode(text)
	if !ok {
		return code{}, false
	}
	said := s[:codeSigns-noteSigns]
	if subtle.ConstantTimeCompare([]byte(check(key, said)), []byte(s[len(said):])) != 1 {
		return code{}, false
	}
	return code{int64(unspell(s[:batchSigns])), unspell(s[batchSigns:len(said)])}, true
}

// chance draws so many bits.
func chance(bits int) uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return binary.BigEndian.Uint64(b[:]) >> (64 - bits)
}

// codesPurpose names the key that signs codes.
const codesPurpose = "codes"

func (s *Store) codeKey(ctx context.Context) ([]byte, error) { return s.subkey(ctx, codesPurpose) }

// mint makes codes of a batch.
func mint(key []byte, batch int64, count int) []string {
	all := make([]string, count)
	for i := range all {
		all[i] = code{batch, chance(5 * noteSigns)}.sign(key)
	}
	return all
}
