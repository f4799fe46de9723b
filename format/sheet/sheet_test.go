package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/sheet"
)

func decode(s string) (all []format.Item, bad []*format.Error) {
	for i, err := range sheet.Decode(strings.NewReader(s)) {
		var e *format.Error
		if errors.As(err, &e) {
			bad = append(bad, e)
		} else if err == nil {
			all = append(all, i)
		}
	}
	return all, bad
}

func TestColumnsAreKnownByNameInAnyOrder(t *testing.T) {
	all, bad := decode("\ufeffText,Headline,Colour,urgency\n\"One, “two”.\n\nThree\",Cranes,blue,2\nx,Again,,\n")
	if len(all) != 2 || bad != nil {
		t.Fatalf("%v %v", all, bad)
	}
	c := all[0].Content
	if print.Text(c.Body.Blocks) != "One, “two”.\n\nThree" || c.Headline != "Cranes" || c.Urgency != 2 || c.Note != "Colour: blue" || all[1].Line != 5 {
		t.Errorf("%+v", all)
	}
}

func TestARowThatCantBeReadSpoilsNoOther(t *testing.T) {
	all, bad := decode("headline,urgency\na,1\nb,12\nc,3\n")
	if len(all) != 2 || len(bad) != 1 || bad[0].Line != 3 || bad[0].Field != "urgency" {
		t.Errorf("%v %v", all, bad)
	}
	for s, line := range map[string]int{"": 1, "a,b\n1,2\n": 1, "headline\n\"x": 2} {
		if _, bad := decode(s); len(bad) != 1 || bad[0].Line != line {
			t.Errorf("%q: %v", s, bad)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("headline,text\na,b\n")
	f.Add("headline,embargo,text,sent\n\"a\",soon,\"b\n\nc\",2024-05-01\n")
	f.Add("heAdline,teXt\n,\x97")
	f.Fuzz(func(t *testing.T, s string) {
		for i, err := range sheet.Decode(strings.NewReader(s)) {
			var bad *format.Error
			if err != nil && (!errors.As(err, &bad) || bad.Line < 1) {
				t.Fatal(err)
			}
			if err == nil && i.Content.Body.Check() != nil {
				t.Fatal(i.Content.Body.Check())
			}
		}
	})
}
