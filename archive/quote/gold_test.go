package quote

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// wanted is what the annotator found in a paragraph.
type wanted struct{ mention, who string }

// goldStory is a story of testdata with its annotations, by paragraph; those of
// the headline stand at Headline.
type goldStory struct {
	Story
	wanted map[int][]wanted
}

func goldStories(t *testing.T, language string) (all []goldStory, sentences int) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + language + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	end := regexp.MustCompile(`[.!?][”»]?,?(\s|$)`)
	for _, line := range strings.Split(string(data), "\n") {
		mention, who, _ := strings.Cut(strings.TrimPrefix(line, "= "), " | ")
		switch {
		case strings.HasPrefix(line, "# "):
			all = append(all, goldStory{Story{Language: language, Headline: line[2:]}, map[int][]wanted{}})
		case line == "":
		case line == "-":
			at := len(all[len(all)-1].Paragraphs) - 1
			all[len(all)-1].wanted[at] = append(all[len(all)-1].wanted[at], wanted{})
		case line[0] == '=':
			at := len(all[len(all)-1].Paragraphs) - 1
			all[len(all)-1].wanted[at] = append(all[len(all)-1].wanted[at], wanted{mention, who})
		default:
			s := &all[len(all)-1]
			s.Paragraphs = append(s.Paragraphs, line)
			sentences += len(end.FindAllString(line, -1))
		}
	}
	return all, sentences
}

// tally counts what was found against what was wanted.
type tally struct {
	wanted, found, spans, speakers, whos, named int
	certain, certainRight                       int
}

func (n *tally) score(t *testing.T, s goldStory) {
	got := map[int][]Quotation{}
	for _, q := range Find(s.Story) {
		got[q.Words.Paragraph] = append(got[q.Words.Paragraph], q)
	}
	for at := Headline; at < len(s.Paragraphs); at++ {
		text := s.Headline
		if at >= 0 {
			text = s.Paragraphs[at]
		}
		real := []wanted{}
		for _, w := range s.wanted[at] {
			if w.mention != "" {
				real = append(real, w)
			}
		}
		n.wanted += len(real)
		n.found += len(got[at])
		if len(real) != len(got[at]) {
			t.Logf("%d wanted, %d found: %s", len(real), len(got[at]), text)
		}
		for i, q := range got[at] {
			if i >= len(real) {
				continue
			}
			n.spans++
			w := real[i]
			ok := lastWord(w.mention) == lastWord(q.Mention)
			if ok {
				n.speakers++
			} else {
				t.Logf("%s: %q, not %q: %s", q.Rule, w.mention, q.Mention, text)
			}
			if w.who != "?" {
				n.named++
				if q.Who == w.who {
					n.whos++
				} else {
					t.Logf("%s: is %q, not %q: %s", q.Rule, w.who, q.Who, text)
				}
				ok = ok && q.Who == w.who
			}
			if q.Certain {
				n.certain++
				if ok {
					n.certainRight++
				}
			}
		}
	}
}

func TestTheHousesOwnSentences(t *testing.T) {
	total := 0
	for _, language := range []string{"en", "ru", "be"} {
		t.Run(language, func(t *testing.T) {
			stories, sentences := goldStories(t, language)
			total += sentences
			var n tally
			for _, s := range stories {
				n.score(t, s)
			}
			floor(t, "span precision", n.spans, n.found, 99)
			floor(t, "span recall", n.spans, n.wanted, 98)
			floor(t, "speaker as the text mentions them", n.speakers, n.wanted, 97)
			floor(t, "speaker's full name", n.whos, n.named, 98)
			floor(t, "certain ones right", n.certainRight, n.certain, 99)
			floor(t, "certain ones of all", n.certain, n.wanted, 60)
		})
	}
	if total < 300 {
		t.Errorf("%d sentences are too few to judge by", total)
	}
}
