package dates

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// golden is a sentence with its annotated dates.
type golden struct {
	text string
	line Day
	want []Date
}

var marked = regexp.MustCompile(`\[([^\]=]+)=([^\]]+)\]`)

func goldens(t *testing.T, language string) (all []golden) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + language + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	var line Day
	for _, l := range strings.Split(string(data), "\n") {
		if d, ok := strings.CutPrefix(l, "@ "); ok {
			at, err := time.Parse(time.DateOnly, d)
			if err != nil {
				t.Fatal(err)
			}
			line = DayOf(at)
			continue
		}
		if l == "" || l[0] == '#' {
			continue
		}
		g := golden{line: line}
		last := 0
		for _, m := range marked.FindAllStringSubmatchIndex(l, -1) {
			g.text += l[last:m[0]]
			from := len(g.text)
			g.text += l[m[2]:m[3]]
			g.want = append(g.want, Date{Start: from, End: len(g.text), Value: l[m[4]:m[5]]})
			last = m[1]
		}
		g.text += l[last:]
		all = append(all, g)
	}
	return all
}

func TestTheGoldenSentences(t *testing.T) {
	for _, language := range []string{"en", "ru", "be"} {
		t.Run(language, func(t *testing.T) {
			var wanted, found, right int
			for _, g := range goldens(t, language) {
				got := Find(g.text, language, g.line)
				wanted, found = wanted+len(g.want), found+len(got)
				n := 0
				for _, w := range g.want {
					for _, d := range got {
						if d.Value == w.Value && d.Start < w.End && w.Start < d.End {
							n++
							break
						}
					}
				}
				right += n
				if n < len(g.want) || n < len(got) {
					var values []string
					for _, d := range got {
						values = append(values, g.text[d.Start:d.End]+"="+d.Value)
					}
					t.Logf("%s\n\t\t%s", g.text, strings.Join(values, "; "))
				}
			}
			if wanted < 200 {
				t.Errorf("%d expressions are too few to judge by", wanted)
			}
			floor(t, "right of those annotated", right, wanted, 99)
			floor(t, "right of those found", right, found, 99)
		})
	}
}

// floor says what was measured and fails below the percentage.
func floor(t *testing.T, what string, a, b int, atLeast float64) {
	t.Helper()
	got := 100 * float64(a) / float64(max(b, 1))
	t.Logf("%s: %.1f %% (%d of %d; at least %v)", what, got, a, b, atLeast)
	if got < atLeast {
		t.Errorf("%s: %.1f %% is less than %v", what, got, atLeast)
	}
}
