package choice_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/format/print"
)

// TestWhatAgenciesSentComesInOrIsRefusedWithItsPlace holds each message of real
// agencies to what it says: status, signal, urgency, embargo, slug and headline
// of each item, and how much text.
func TestWhatAgenciesSentComesInOrIsRefusedWithItsPlace(t *testing.T) {
	for _, c := range sentByAgencies {
		r, _ := choice.Read(c.kind)
		f, err := os.Open(realData(t, "wire-fixtures", c.file))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, err := range r.Decode(f) {
			got = append(got, gist(t, i, err))
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if s := strings.Join(got, "\n"); s != c.gist {
			t.Errorf("%s %s:\n got %s\nwant %s", c.kind, c.file, s, c.gist)
		}
	}
}

// gist is an item in one line, without its words but the first of the headline.
func gist(t *testing.T, i format.Item, err error) string {
	var bad *format.Error
	if errors.As(err, &bad) {
		return "refused at line " + fmt.Sprint(bad.Line)
	}
	if err != nil {
		return err.Error()
	}
	if err := i.Content.Body.Check(); err != nil {
		t.Error(err)
	}
	first := strings.Fields(i.Content.Headline + " ")
	word := ""
	if len(first) > 0 {
		word = first[0]
	}
	embargo := ""
	if !i.Content.Embargo.IsZero() {
		embargo = " until " + i.Content.Embargo.Format(time.DateOnly)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s%s urgency %d%s slug %q head %s text %d", i.Type, standing(i.Status), prefix(" ", string(i.Signal)),
		i.Content.Urgency, embargo, i.Content.Slug, word, len(print.Text(i.Content.Body.Blocks))))
}

func prefix(p, s string) string {
	if s == "" {
		return ""
	}
	return p + s
}
