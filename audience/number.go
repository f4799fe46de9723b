package audience

import (
	"crypto/rand"
	"encoding/binary"
	"math/big"
	"strings"
)

// digits are in an account's number; the last one is a check (Luhn, ISO/IEC
// 7812-1), so that a slip of the finger is told from an unknown number.
const digits = 20

// newNumber draws an account's number: 63 bits of chance.
func newNumber() string {
	most := new(big.Int).Exp(big.NewInt(10), big.NewInt(digits-1), nil)
	n, err := rand.Int(rand.Reader, most)
	if err != nil {
		panic(err) // the system has no chance to give: nothing can be made safely
	}
	text := n.String()
	text = strings.Repeat("0", digits-1-len(text)) + text
	return text + string('0'+luhn(text))
}

// luhn is the digit that completes text.
func luhn(text string) byte {
	sum := 0
	for i := range len(text) {
		n := int(text[len(text)-1-i] - '0')
		if i%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return byte((10 - sum%10) % 10)
}

// ReadNumber takes a number as people write it, with blanks or dashes between
// the digits; false if it cannot be one.
func ReadNumber(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		if strings.ContainsRune(" -\u00a0\u2009\u202f\t", r) {
			return -1
		}
		return 'x'
	}, strings.TrimSpace(s))
	if len(s) != digits || strings.Contains(s, "x") || s[digits-1] != '0'+luhn(s[:digits-1]) {
		return "", false
	}
	return s, true
}

// Groups writes a number or a code in fours.
func Groups(s, between string) string {
	var parts []string
	for len(s) > 4 {
		parts, s = append(parts, s[:4]), s[4:]
	}
	return strings.Join(append(parts, s), between)
}

// Recovery words are proquints (arXiv:0901.4016): sixteen bits each, which can
// be said and spelled in any language.
const (
	recoveryWords = 5
	consonants    = "bdfghjklmnprstvz"
	vowels        = "aiou"
)

func newWords() string {
	var chance [2 * recoveryWords]byte
	_, _ = rand.Read(chance[:])
	var all []string
	for i := range recoveryWords {
		all = append(all, proquint(binary.BigEndian.Uint16(chance[2*i:])))
	}
	return strings.Join(all, " ")
}

func proquint(n uint16) string {
	return string([]byte{
		consonants[n>>12], vowels[n>>10&3], consonants[n>>6&15], vowels[n>>4&3], consonants[n&15],
	})
}

// readWords takes the words as people write them; false if they cannot be any.
func readWords(s string) (string, bool) {
	all := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r < 'a' || r > 'z' })
	for _, w := range all {
		if len(w) != 5 {
			return "", false
		}
		for i := range w {
			from := consonants
			if i%2 == 1 {
				from = vowels
			}
			if strings.IndexByte(from, w[i]) < 0 {
				return "", false
			}
		}
	}
	return strings.Join(all, " "), len(all) == recoveryWords
}
