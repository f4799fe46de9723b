package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 17, 12, 0, 0, 0, time.UTC)

func TestAnEventIsWrittenAsTheStandardHasIt(t *testing.T) {
	minsk := time.FixedZone("", 3*3600)
	got := string(Encode(Calendar{Name: "Pozirk", Made: noon, Events: []Event{
		{UID: "1@wireroom", Sequence: 2, Changed: noon, Starts: noon, Ends: noon.Add(time.Hour), Title: "Council, again; live", Place: `Room \1`, Text: "One\nTwo", URL: "https://a.example/1", Status: Tentative},
		{UID: "2@wireroom", Changed: noon, Starts: time.Date(2026, 3, 18, 0, 0, 0, 0, minsk), Ends: time.Date(2026, 3, 20, 0, 0, 0, 0, minsk).UTC(), Whole: true, Title: "Congress"},
		{UID: "3@wireroom", Changed: noon, Starts: noon, Ends: noon, Title: "Gong"},
	}}))
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "DTSTART:20260317T120000Z\r\nDTEND:20260317T130000Z\r\nSUMMARY:Council\\, again\\; live\r\nLOCATION:Room \\\\1\r\nDESCRIPTION:One\\nTwo\r\nURL:https://a.example/1\r\nSTATUS:TENTATIVE\r\n",
		"DTSTART;VALUE=DATE:20260318\r\nDTEND;VALUE=DATE:20260320\r\nSUMMARY:Congress\r\n", "DTSTART:20260317T120000Z\r\nSUMMARY:Gong\r\n", "SEQUENCE:2\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
}

// unfolded reads a text back as the standard says.
func unfolded(data []byte, name string) string {
	whole := strings.ReplaceAll(string(data), "\r\n ", "")
	for l := range strings.SplitSeq(whole, "\r\n") {
		if value, ok := strings.CutPrefix(l, name+":"); ok {
			return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
		}
	}
	return ""
}

func TestATextComesBackWholeFromLinesThatFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringOfN(rapid.RuneFrom([]rune("aж世🙂\\;,:\n\" \tBEGIN:VEVENT\r")), 1, 300, -1).Draw(t, "title")
		data := Encode(Calendar{Made: noon, Events: []Event{{UID: "1", Changed: noon, Starts: noon, Title: title}}})
		for l := range bytes.SplitSeq(data, []byte("\r\n")) {
			if len(l) > 75 || !utf8.Valid(l) || bytes.ContainsAny(l, "\r\n") {
				t.Fatalf("a line is %q", l)
			}
		}
		want := strings.ReplaceAll(strings.ReplaceAll(title, "\r\n", "\n"), "\r", "")
		if got := unfolded(data, "SUMMARY"); got != want {
			t.Errorf("%q comes back as %q", want, got)
		}
		if n := bytes.Count(data, []byte("\r\nBEGIN:VEVENT\r\n")); n != 1 {
			t.Errorf("%d events are read", n)
		}
	})
}
