package compare

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// marked writes spans as an editor's pen would: [-gone-]{+added+}.
func marked(all []Span) string {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(map[Op]string{Both: s.Text, Gone: "[-" + s.Text + "-]", Added: "{+" + s.Text + "+}"}[s.Op])
	}
	return b.String()
}

// sides are the two texts that spans were made from.
func sides(all []Span) (was, now string) {
	for _, s := range all {
		if s.Op != Added {
			was += s.Text
		}
		if s.Op != Gone {
			now += s.Text
		}
	}
	return was, now
}

func TestWordsAreStruckOutAndPutInWhereTheyStand(t *testing.T) {
	for _, c := range []struct{ was, now, want string }{
		{"", "", ""},
		{"The same.", "The same.", "The same."},
		{"", "New.", "{+New.+}"},
		{"Old.", "", "[-Old.-]"},
		{"The council meets on Monday.", "The council meets on Tuesday.", "The council meets on [-Monday-]{+Tuesday+}."},
		{"Thirty buses stand still.", "Thirteen old buses stand still.", "[-Thirty-]{+Thirteen old+} buses stand still."},
		{"He said yes.", "He said that no.", "He said [-yes-]{+that no+}."},
		{"Сям’я з Гародні паехала.", "Сям’я з Брэста паехала.", "Сям’я з [-Гародні-]{+Брэста+} паехала."},
		{"It costs 1.5 million.", "It costs 1.7 million.", "It costs [-1.5-]{+1.7+} million."},
		{"one two three", "four five six", "[-one two three-]{+four five six+}"},
		{"a b", "a  b", "a[- -]{+  +}b"},
	} {
		if got := marked(Words(c.was, c.now)); got != c.want {
			t.Errorf("%q and %q: %s, not %s", c.was, c.now, got, c.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("The council meets.", "The old council met.")
	f.Add("сям’я", "сям’і\xff")
	f.Add(strings.Repeat("a b ", 400), strings.Repeat("c d ", 400))
	f.Fuzz(func(t *testing.T, was, now string) {
		all := Words(was, now)
		if a, b := sides(all); a != was || b != now {
			t.Fatalf("of %q and %q it makes %q and %q", was, now, a, b)
		}
		for i, s := range all {
			if s.Text == "" || i > 0 && all[i-1].Op == s.Op {
				t.Fatalf("span %d of %q is not whole", i, marked(all))
			}
		}
	})
}

// longest is how many elements a and b share in order, by the plain way.
func longest(a, b []byte) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0
		for j, y := range b {
			here := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			before = here
		}
	}
	return row[len(b)]
}

// kept are the elements that are marked as being in both.
func kept(of []byte, apart []bool) []byte {
	var all []byte
	for i, x := range of {
		if !apart[i] {
			all = append(all, x)
		}
	}
	return all
}

func FuzzTheWayIsTheShortest(f *testing.F) {
	f.Add([]byte("abcabba"), []byte("cbabac"))
	f.Add([]byte("aaaa"), []byte("a"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if len(a)+len(b) > patience {
			return
		}
		gone, added := apart(a, b)
		left, right := kept(a, gone), kept(b, added)
		if string(left) != string(right) {
			t.Fatalf("of %q and %q it keeps %q and %q", a, b, left, right)
		}
		if want := longest(a, b); len(left) != want {
			t.Fatalf("of %q and %q it keeps %q, but %d stand in both", a, b, left, want)
		}
	})
}

// A text far longer than any patience is still compared, if not by the
// shortest way.
func TestLongTextsThatShareLittleAreComparedToTheirEnd(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() []byte {
		b := make([]byte, 20000)
		for i := range b {
			b[i] = byte(random.IntN(40))
		}
		return b
	}
	a, b := text(), text()
	copy(b[15000:], a[5000:10000])
	gone, added := apart(a, b)
	left, right := kept(a, gone), kept(b, added)
	if string(left) != string(right) || len(left) == 0 {
		t.Fatalf("it keeps %d and %d", len(left), len(right))
	}
}
