package agency

import (
	"bytes"
	"errors"
	"log"
	"strings"
	"testing"
)

func TestNoLineOfTheLogHoldsAnAddress(t *testing.T) {
	for line, want := range map[string]string{
		"read tcp 127.0.0.1:80->192.0.2.7:51234: reset":         "read tcp (address)->(address): reset",
		"http: TLS handshake error from [2001:db8::1]:443: EOF": "http: TLS handshake error from (address): EOF",
		"from 2001:db8::5 at 12:30:45":                          "from (address) at 12:30:45",
		"http: panic serving 192.0.2.7:51234: oops":             "http: panic serving (address): oops",
		"fe80::1%eth0 spoke.":                                   "(address) spoke.",
		"::ffff:192.0.2.7":                                      "(address)",
		"story 161418 failed: v1.2.3, 10.5 s, ab:cd, face.":     "story 161418 failed: v1.2.3, 10.5 s, ab:cd, face.",
	} {
		if got := scrub(line); got != want {
			t.Errorf("%q becomes %q, not %q", line, got, want)
		}
	}
}

func TestTheServersOwnErrorsAreLoggedWithoutAddresses(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		var b bytes.Buffer
		l := newLog(&b, Config{Log: form, Level: "info"})
		log.New(errorLog{l}, "", 0).Print("http: response.Write on hijacked connection from 192.0.2.7:5")
		l.Error("failed for 192.0.2.7", "error", errors.New("write tcp 192.0.2.7:80"), "to", "[2001:db8::1]:9")
		l.With("peer", "192.0.2.7:80").WithGroup("g").Info("x", "ip", "192.0.2.7")
		l.Info("serving", listenKey, "127.0.0.1:8080")
		said := b.String()
		if strings.Contains(said, "192.0.2.7") || strings.Contains(said, "2001:db8") {
			t.Errorf("the log holds an address:\n%s", said)
		}
		if !strings.Contains(said, "127.0.0.1:8080") || !strings.Contains(said, "hijacked") {
			t.Errorf("the log lost what it should hold:\n%s", said)
		}
	}
}

func FuzzScrubLeavesNoAddress(f *testing.F) {
	f.Add("a 192.0.2.7:80 b")
	f.Add("[::1]:1")
	f.Fuzz(func(t *testing.T, line string) {
		for _, address := range []string{"192.0.2.7", "2001:db8::1"} {
			if strings.ContainsAny(line, "0123456789abcdefABCDEF:.%[]") {
				return // what stands around could make it another word
			}
			if strings.Contains(scrub(line+" "+address+" "+line), address) {
				t.Errorf("%q keeps %s", line, address)
			}
		}
	})
}
