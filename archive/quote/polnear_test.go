package quote

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// attribution is one that annotators marked: bytes of the text.
type attribution struct{ content, source, cue [][2]int }

// testdata gives the folder of real news, or skips.
func testdata(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("NOT TRIED: set WIREROOM_TESTDATA to the folder of real data")
	}
	return dir
}

// annotated reads a file of brat annotations, whose places count runes.
func annotated(t *testing.T, file, text string) []attribution {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var at []int
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	place := func(s string) int {
		n, _ := strconv.Atoi(s)
		return at[min(n, len(at)-1)]
	}
	spans := map[string][][2]int{}
	var all []attribution
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		f := strings.Split(line, "\t")
		switch line[0] {
		case 'T':
			_, places, _ := strings.Cut(f[1], " ")
			for _, s := range strings.Split(places, ";") {
				from, to, _ := strings.Cut(s, " ")
				spans[f[0]] = append(spans[f[0]], [2]int{place(from), place(to)})
			}
		case 'E':
			var a attribution
			for _, role := range strings.Fields(f[1]) {
				name, id, _ := strings.Cut(role, ":")
				switch {
				case strings.HasPrefix(name, "Content"):
					a.content = append(a.content, spans[id]...)
				case strings.HasPrefix(name, "Source"):
					a.source = append(a.source, spans[id]...)
				case name == "Cue":
					a.cue = append(a.cue, spans[id]...)
				}
			}
			if a.content != nil && a.source != nil {
				all = append(all, a)
			}
		}
	}
	return all
}

// covered counts the bytes of a span that lie within others.
func covered(from, to int, spans [][2]int) int {
	n := 0
	for _, s := range spans {
		n += max(0, min(to, s[1])-max(from, s[0]))
	}
	return n
}

// lines gives the paragraphs of a text with the byte at which each begins.
func lines(text string) (paragraphs []string, starts []int) {
	at := 0
	for _, l := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(l) != "" {
			paragraphs, starts = append(paragraphs, strings.TrimRight(l, "\n")), append(starts, at)
		}
		at += len(l)
	}
	return paragraphs, starts
}

// spoken tells whether the annotators name this speaker. They may name the
// pronoun where we give its antecedent, and "said" is a slip of theirs in nine
// places: the name stands as its cue.
func (a attribution) spoken(text string, from, to int) (ok, slip bool) {
	src := text[a.source[0][0]:a.source[len(a.source)-1][1]]
	if src == "said" {
		ok = covered(from, to, a.cue) > 0
		return ok, ok
	}
	behind := strings.TrimLeft(text[to:], ", ")
	who := strings.EqualFold(src, "who") || src == "which"
	return covered(from, to, a.source) > 0 || lastWord(src) == lastWord(text[from:to]) || who && strings.HasPrefix(behind, src), false
}

// score is what PolNeAR makes of one text, or of all.
type score struct{ gold, found, spans, right, slips, certain, certainRight int }

func (n *score) add(text string, all []attribution) {
	paras, starts := lines(text)
	gold := map[int][]attribution{} // by the byte where the words begin
	for i, p := range paras {
		for _, g := range regions(p) {
			from, to := starts[i]+g.open, starts[i]+g.close
			for _, a := range all {
				if g.words >= 3 && covered(from, to, a.content)*10 >= (to-from)*7 {
					gold[starts[i]+g.start] = append(gold[starts[i]+g.start], a)
				}
			}
		}
	}
	n.gold += len(gold)
	for _, q := range Find(Story{Language: "en", Paragraphs: paras}) {
		n.found++
		at, s := starts[q.Words.Paragraph]+q.Words.Start, starts[q.Speaker.Paragraph]
		right := false
		for _, a := range gold[at] {
			ok, slip := a.spoken(text, s+q.Speaker.Start, s+q.Speaker.End)
			right = right || ok
			if slip {
				n.slips++
			}
		}
		n.count(q, len(gold[at]) > 0, right)
	}
}

func (n *score) count(q Quotation, real, right bool) {
	if real {
		n.spans++
	}
	if right {
		n.right++
	}
	if q.Certain {
		n.certain++
		if right {
			n.certainRight++
		}
	}
}

func TestAmericanNewsIsQuotedRight(t *testing.T) {
	dir := filepath.Join(testdata(t), "quotes/polnear/dev")
	files, err := filepath.Glob(filepath.Join(dir, "attributions/*.ann"))
	if err != nil || len(files) == 0 {
		t.Fatal("no annotations", err)
	}
	var n score
	for _, file := range files {
		base := strings.TrimSuffix(filepath.Base(file), ".ann")
		// One text has an annotation by each annotator, told apart by an ending.
		texts, _ := filepath.Glob(filepath.Join(dir, "text", base[:strings.LastIndex(base, "_")]+"*"))
		if exact := filepath.Join(dir, "text", base+".txt"); len(texts) > 1 {
			texts = []string{exact}
		}
		data, err := os.ReadFile(texts[0])
		if err != nil {
			t.Fatal(err)
		}
		n.add(string(data), annotated(t, file, string(data)))
	}
	floor(t, "span precision", n.spans, n.found, 98)
	floor(t, "span recall", n.spans, n.gold, 95)
	floor(t, "span and speaker precision", n.right, n.found, 95)
	floor(t, "span and speaker recall", n.right, n.gold, 92)
	floor(t, "span and speaker precision, the annotators' slips held against us", n.right-n.slips, n.found, 94)
	floor(t, "certain ones right", n.certainRight, n.certain, 98)
	floor(t, "certain ones of all annotated", n.certain, n.gold, 60)
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

func lastWord(s string) string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" ,.’'\n", r) })
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}
