package telex_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/telex"
	"wireroom/story"
)

func decode(s string) (all []format.Item, bad []*format.Error) {
	for i, err := range telex.Decode(strings.NewReader(s)) {
		var e *format.Error
		if errors.As(err, &e) {
			bad = append(bad, e)
		} else if err == nil {
			all = append(all, i)
		}
	}
	return all, bad
}

const message = "\x16\x16\x01eca0124 3 i 93  kur 1888\r\n\r\nSea/cranes/\r\n\x02CORRECTION\r\nCranes return to the port of Anna =\r\n\r\n" +
	"Port Anna (kur) - They are back, and all of them, as the mayor of the\r\ntown said.\r\n\r\nShort\r\nlines stay.\r\n\r\n\x03212101 GMT Nov 18\r\n\x7f\x04"

const anpa = "\x16\x16\x01W1645\x1fasian\nu a\x13\x11 BC-SEA--Cranes     06-29 0358\n\x02^BC-SEA--Cranes,17<\n^Cranes return<\n^Eds: With photos.<\n^By ANN LEE=\n" +
	"\t   PORT ANNA (KUR) _ They are back.\n \n\t   All of them.<\n\t   \x03AP-WF-06-29-17 2350GMT<\n\x0c\n\x04"

func TestAMessageIsPutTogetherFromItsLines(t *testing.T) {
	all, bad := decode(message + message)
	if len(all) != 2 || bad != nil {
		t.Fatalf("%v %v", all, bad)
	}
	i := all[0]
	if i.Content.Headline != "Cranes return to the port of Anna" || i.Content.Slug != "Sea/cranes" || i.Content.Urgency != 3 || i.Signal != story.SignalCorrection ||
		!i.Created.Equal(time.Date(2018, 11, 21, 21, 1, 0, 0, time.UTC)) || all[1].Line < 10 {
		t.Errorf("%+v", i)
	}
	want := "Port Anna (kur) - They are back, and all of them, as the mayor of the town said.\n\nShort\nlines stay."
	if got := print.Text(i.Content.Body.Blocks); got != want {
		t.Errorf("the text is %q", got)
	}
}

func TestAMessageOfANPAGivesWhatStandsOverIt(t *testing.T) {
	all, bad := decode(anpa)
	if len(all) != 1 || bad != nil {
		t.Fatalf("%v %v", all, bad)
	}
	c := all[0].Content
	if c.Headline != "Cranes return" || c.Slug != "SEA--Cranes" || c.Urgency != 3 || c.Byline != "ANN LEE" || all[0].Created.Day() != 29 ||
		!strings.Contains(c.Note, "Eds: With photos.") || print.Text(c.Body.Blocks) != "PORT ANNA (KUR) _ They are back.\n\nAll of them." {
		t.Errorf("%+v", all[0])
	}
}

func TestAWordOverTheHeadlineCounts(t *testing.T) {
	all, _ := decode(strings.Replace(message, "CORRECTION", "KILL", 1) + strings.Replace(message, "CORRECTION", "EMBARGO UNTIL NOON", 1))
	if len(all) != 2 || all[0].Status != story.Canceled || !all[1].Content.Embargo.Equal(format.Never) {
		t.Errorf("%+v", all)
	}
}

func TestABrokenMessageIsNamedAndTheNextComes(t *testing.T) {
	all, bad := decode("\x01\n\nnothing of the kind\x02text\x03\x04" + message)
	if len(all) != 1 || len(bad) != 1 || bad[0].Field != "header" || bad[0].Line != 3 {
		t.Errorf("%v %v", all, bad)
	}
	if _, bad := decode(""); len(bad) != 1 {
		t.Errorf("nothing is told of an empty file: %v", bad)
	}
	if telex.Encode(io.Discard, nil, format.Options{}) == nil {
		t.Error("a message of no item was written")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(message)
	f.Add(anpa)
	f.Add("wr0001 3 sea 2 Kurjer\nSlug: a\nStatus: usable\n\nHeadline\n\nOne\n\nTwo\n")
	f.Add("A0 1 0 00\n\n0\n0\x04")
	f.Fuzz(func(t *testing.T, s string) {
		for i, err := range telex.Decode(strings.NewReader(s)) {
			var bad *format.Error
			if err != nil && (!errors.As(err, &bad) || bad.Line < 1) {
				t.Fatal(err)
			}
			if err == nil && (i.Content.Body.Check() != nil || i.URI == "") {
				t.Fatalf("%v %q", i.Content.Body.Check(), i.URI)
			}
		}
	})
}
