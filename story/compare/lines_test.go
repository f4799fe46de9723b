package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wireroom/story"
	"wireroom/story/markup"
)

func body(t *testing.T, text string) story.Body {
	t.Helper()
	b, err := markup.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var signs = map[Change]string{Same: "=", Changed: "~", New: "+", Lost: "-", Moved: ">", Left: "<"}

// proof writes lines one below the other, each with what became of it.
func proof(all []Line) string {
	var lines []string
	for _, l := range all {
		s := signs[l.Change]
		if l.Replaced() {
			s += "replaced"
		}
		if l.Restyled {
			s += "restyled"
		}
		if l.Retyped {
			s += "retyped"
		}
		lines = append(lines, s+" "+strings.TrimSpace(marked(l.Spans)))
	}
	return strings.Join(lines, "\n")
}

func TestABodyIsSetIntoAnOlderOneLineByLine(t *testing.T) {
	for _, c := range []struct{ what, was, now, want string }{
		{"a word", "One two three.\n\nFour.", "One two nine.\n\nFour.", "~ One two [-three-]{+nine+}.\n= Four."},
		{"a new paragraph", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "= One.\n+ {+Two.+}\n= Three."},
		{"a lost one", "One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "= One.\n- [-Two.-]\n= Three."},
		{"one changed among new ones", "The council meets on Monday in Vilnius.", "Nothing of that kind.\n\nThe council meets on Tuesday in Vilnius.",
			"+ {+Nothing of that kind.+}\n~ The council meets on [-Monday-]{+Tuesday+} in Vilnius."},
		{"nothing in common", "Alpha beta gamma.", "One two three.", "- [-Alpha beta gamma.-]\n+ {+One two three.+}"},
		{"a move", "First of them.\n\nSecond.\n\nThird.\n\nFourth.", "Second.\n\nThird.\n\nFourth.\n\nFirst of them.",
			"< [-First of them.-]\n= Second.\n= Third.\n= Fourth.\n> First of them."},
		{"a heading", "One two three.", "## One two three.", "~retyped One two three."},
		{"emphasis", "One two.", "One **two**.", "~restyled One two."},
		{"a link", "[One](https://a.example/) two.", "[One](https://b.example/) three.", "~restyled One [-two-]{+three+}."},
		{"an insertion", "He said it would go.", "He said it [would] go.", "~ He said it {+[+}would{+]+} go."},
		{"an item", "- Bread\n- Milk", "- Bread\n- Salt\n- Milk", "= Bread\n+ {+Salt+}\n= Milk"},
		{"a quotation", "> It is so.", "> It is not so.", "~ It is {+not +}so."},
		{"a row", "| A | B |\n| 1 | 2 |", "| A | B |\n| 1 | 3 |", "= A | B\n~ 1 | [-2-]{+3+}"},
	} {
		if got := proof(Bodies(body(t, c.was), body(t, c.now))); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", c.what, got, c.want)
		}
	}
}

func picture(id, caption string) story.Node {
	return story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: id, Caption: caption}}
}

func TestPicturesAreToldByWhatTheyShow(t *testing.T) {
	para := story.Para(story.Plain("A paragraph."))
	for _, c := range []struct {
		what     string
		was, now []story.Node
		want     string
	}{
		{"a caption", []story.Node{picture("a", "The bridge")}, []story.Node{picture("a", "The old bridge")}, "~ The {+old +}bridge"},
		{"another picture", []story.Node{picture("a", "The bridge")}, []story.Node{picture("b", "The bridge")}, "~replaced The bridge"},
		{"a move", []story.Node{picture("a", "Bridge"), para}, []story.Node{para, picture("a", "Bridges")}, "< [-Bridge-]\n= A paragraph.\n> [-Bridge-]{+Bridges+}"},
		{"a new one", []story.Node{para}, []story.Node{para, picture("a", "")}, "= A paragraph.\n+ "},
	} {
		got := proof(Bodies(story.Body{Blocks: c.was}, story.Body{Blocks: c.now}))
		if strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s\nnot\n%s", c.what, got, c.want)
		}
	}
}

func TestParagraphsAreCountedAsReadersCountThem(t *testing.T) {
	now := body(t, "One.\n\n## Heading\n\nTwo.\n\n- A\n- B\n\nThree.")
	var got []string
	for _, l := range Bodies(story.Body{}, now) {
		got = append(got, fmt.Sprintf("%d %s", l.Para, l.Text()))
	}
	if want := []string{"1 One.", "0 Heading", "2 Two.", "3 A", "3 B", "4 Three."}; !slices.Equal(got, want) {
		t.Errorf("they are %q", got)
	}
}

func texts(of []flat) (all []string) {
	for _, f := range of {
		all = append(all, string(f.kind)+" "+f.text)
	}
	return all
}

func FuzzBodies(f *testing.F) {
	f.Add("One.\n\nTwo.", "Two.\n\nOne.\n\n## Three")
	f.Add("- a\n- b\n\n> c", "| a | b |\n\n- b\n  - a")
	f.Add("[x] **y**", "**x** [y](https://a.example/)")
	f.Fuzz(func(t *testing.T, was, now string) {
		a, errA := markup.Parse(was)
		b, errB := markup.Parse(now)
		if errA != nil || errB != nil {
			return
		}
		var old, new []string
		for _, l := range Bodies(a, b) {
			x, y := sides(l.Spans)
			if l.Change != New && l.Change != Moved {
				old = append(old, x)
			}
			if l.Change != Lost && l.Change != Left {
				new = append(new, string(l.Kind)+" "+y)
			}
		}
		if want := texts(flatten(b)); !slices.Equal(new, want) {
			t.Fatalf("the newer text is %q, not %q", new, want)
		}
		if len(old) != len(flatten(a)) {
			t.Fatalf("the older text has %d lines, not %d", len(old), len(flatten(a)))
		}
		for i, f := range flatten(a) {
			if old[i] != f.text {
				t.Fatalf("line %d of the older text is %q, not %q", i, old[i], f.text)
			}
		}
	})
}
