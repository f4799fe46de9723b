package markup_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "wireroom/story"
	"wireroom/story/markup"
)

func asJSON(t testing.TB, b Body) string {
	data, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func mustParse(t testing.TB, s string) Body {
	b, err := markup.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func item(blocks ...Node) Node { return Node{Type: ListItem, Content: blocks} }

func list(kind NodeType, items ...Node) Node { return Node{Type: kind, Content: items} }

func TestWhatAnEditorTypesIsReadAsMeant(t *testing.T) {
	for typed, want := range map[string][]Node{
		"One.\n\nTwo.":           {Para(Plain("One.")), Para(Plain("Two."))},
		"One\r\ntwo":             {Para(Plain("One"), Node{Type: HardBreak}, Plain("two"))},
		"war [would lead to] it": {Para(Plain("war "), Marked("would lead to", Insertion), Plain(" it"))},
		"a **b** *c*":            {Para(Plain("a "), Marked("b", Strong), Plain(" "), Marked("c", Emphasis))},
		"***x***":                {Para(Marked("x", Strong, Emphasis))},
		"see [the map](/m)":      {Para(Plain("see "), Linked("the map", "/m"))},
		"[Minsk](the capital)":   {Para(Marked("Minsk", Insertion), Plain("(the capital)"))},
		"2 * 3 * 4":              {Para(Plain("2 * 3 * 4"))},
		"a ** b, [ and ] too":    {Para(Plain("a ** b, "), Marked(" and ", Insertion), Plain(" too"))},
		"open [ and **never":     {Para(Plain("open [ and **never"))},
		"[out [in] out]":         {Para(Marked("out [in] out", Insertion))},
		"[] and ****":            {Para(Plain("[] and ****"))},
		"2024. A year":           {Para(Plain("2024. A year"))},
		"# not a heading":        {Para(Plain("# not a heading"))},
		"### Three":              {{Type: Heading, Attrs: &Attrs{Level: 3}, Content: []Node{Plain("Three")}}},
		"Text\n- a\n\n- b": {
			Para(Plain("Text")),
			list(BulletList, item(Para(Plain("a"))), item(Para(Plain("b")))),
		},
		"1. a\n  - b\n\n  c": {
			list(OrderedList, item(Para(Plain("a")), list(BulletList, item(Para(Plain("b")))), Para(Plain("c")))),
		},
		"> a\n>\n> b":         {{Type: BlockQuote, Content: []Node{Para(Plain("a")), Para(Plain("b"))}}},
		"!embed youtube | x1": {{Type: Embed, Attrs: &Attrs{Provider: "youtube", Ref: "x1"}}},
		"!picture p1 | A port | AP | Cranes | 0% 70%": {
			{Type: PictureNode, Attrs: &Attrs{Picture: "p1", Caption: "A port", Credit: "AP", Alt: "Cranes", FocusY: 70}},
		},
		"!picture p1 | | | Down | 101% 70%": {
			{Type: PictureNode, Attrs: &Attrs{Picture: "p1", Alt: "Down | 101% 70%"}},
		},
		"!picture p1 | | | A | B | 20% 70%": {
			{Type: PictureNode, Attrs: &Attrs{Picture: "p1", Alt: "A | B | 20% 70%"}},
		},
		"!picture p1 | A port | | Cranes": {
			{Type: PictureNode, Attrs: &Attrs{Picture: "p1", Caption: "A port", Alt: "Cranes"}},
		},
	} {
		if got, want := asJSON(t, mustParse(t, typed)), asJSON(t, Body{Blocks: want}); got != want {
			t.Errorf("%q\n got %s\nwant %s", typed, got, want)
		}
	}
}

func TestCellThatBeginsWithTheHeaderSignStaysACell(t *testing.T) {
	cell := Node{Type: TableCell, Content: []Node{Plain("=")}}
	head := Node{Type: TableCell, Attrs: &Attrs{Header: true}, Content: []Node{Plain("= 2")}}
	b := Body{Blocks: []Node{{Type: Table, Content: []Node{{Type: TableRow, Content: []Node{cell, head}}}}}}
	if got, want := asJSON(t, mustParse(t, markup.Print(b))), asJSON(t, b); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	if _, err := markup.Parse("a\xff"); err == nil {
		t.Error("taken")
	}
}

func TestPrintedBodyIsPleasantToRead(t *testing.T) {
	typed := "One [two] **three** [four](https://example.org/?a=1).\nFive\n\n## Six\n\n- seven\n  - eight\n- nine\n\n" +
		"1. ten\n2. eleven\n\n> twelve\n\n|= a | b |\n| c | d |\n\n!picture p | q\n\n!embed telegram | r/1"
	if got := markup.Print(mustParse(t, typed)); got != typed {
		t.Errorf("got:\n%s", got)
	}
}

// words are texts that lie in wait for a careless writer.
var words = rapid.OneOf(
	rapid.SampledFrom([]string{"a", " ", "  ", "*", "**", "[", "]", "](", "(x)", "{}", "{", "\\", "\\/", "|", "- ", "-", "---",
		"1. ", "12.", "1234. ", "## ", "> ", "!picture ", "!embed ", "0% 70%", "\n", "\t", "\r", "=", "\\u{9}", "Łukašenka’s “war”", "\u00a0", "\ufeff"}),
	rapid.StringN(1, 6, -1),
)

var text = rapid.Custom(func(t *rapid.T) string {
	return strings.ToValidUTF8(strings.Join(rapid.SliceOfN(words, 1, 4).Draw(t, "words"), ""), "?")
})

var marks = rapid.Custom(func(t *rapid.T) []Mark {
	all := rapid.Permutation([]MarkType{Strong, Emphasis, Link, Insertion}).Draw(t, "order")
	var out []Mark
	for _, m := range all[:rapid.IntRange(0, 4).Draw(t, "marks")] {
		k := Mark{Type: m}
		if m == Link {
			k.Attrs = &MarkAttrs{Href: "https://example.org/" + rapid.OneOf(rapid.SampledFrom([]string{"", "a"}), text).Draw(t, "href")}
		}
		out = append(out, k)
	}
	return out
})

func inline(t *rapid.T) []Node {
	var out []Node
	for range rapid.IntRange(0, 5).Draw(t, "pieces") {
		n := Node{Type: Text, Marks: marks.Draw(t, "marks")}
		if rapid.IntRange(0, 4).Draw(t, "break") == 0 {
			n.Type = HardBreak
		} else {
			n.Text = text.Draw(t, "text")
		}
		last := len(out) - 1
		same := func(a, b Mark) bool {
			return a.Type == b.Type && (Node{Marks: []Mark{a}}).Href() == (Node{Marks: []Mark{b}}).Href()
		}
		if n.Type == Text && last >= 0 && out[last].Type == Text && slices.EqualFunc(out[last].Marks, n.Marks, same) {
			out[last].Text += n.Text
			continue
		}
		out = append(out, n)
	}
	return out
}

func paragraphs(t *rapid.T) []Node {
	var out []Node
	for range rapid.IntRange(1, 2).Draw(t, "paragraphs") {
		out = append(out, Para(inline(t)...))
	}
	return out
}

func drawList(t *rapid.T, depth int) Node {
	n := Node{Type: rapid.SampledFrom([]NodeType{BulletList, OrderedList}).Draw(t, "list")}
	for range rapid.IntRange(1, 3).Draw(t, "items") {
		content := paragraphs(t)
		for range rapid.IntRange(0, 2).Draw(t, "inside") {
			if depth < 3 && rapid.Bool().Draw(t, "nested") {
				content = append(content, drawList(t, depth+1))
			} else {
				content = append(content, Para(inline(t)...))
			}
		}
		n.Content = append(n.Content, item(content...))
	}
	return n
}

func drawTable(t *rapid.T) Node {
	n := Node{Type: Table}
	for range rapid.IntRange(1, 3).Draw(t, "rows") {
		row := Node{Type: TableRow}
		for range rapid.IntRange(1, 3).Draw(t, "cells") {
			cell := Node{Type: TableCell, Content: inline(t)}
			if rapid.Bool().Draw(t, "header") {
				cell.Attrs = &Attrs{Header: true}
			}
			row.Content = append(row.Content, cell)
		}
		n.Content = append(n.Content, row)
	}
	return n
}

func drawBlock(t *rapid.T) Node {
	maybe := rapid.OneOf(rapid.Just(""), text)
	switch rapid.IntRange(0, 6).Draw(t, "block") {
	case 0:
		return Node{Type: Heading, Attrs: &Attrs{Level: rapid.IntRange(2, 4).Draw(t, "level")}, Content: inline(t)}
	case 1:
		return drawList(t, 1)
	case 2:
		return Node{Type: BlockQuote, Content: paragraphs(t)}
	case 3:
		return drawTable(t)
	case 4:
		return Node{Type: PictureNode, Attrs: &Attrs{Picture: text.Draw(t, "id"), Caption: maybe.Draw(t, "caption"),
			Credit: maybe.Draw(t, "credit"), Alt: maybe.Draw(t, "alt"),
			FocusX: rapid.IntRange(0, 100).Draw(t, "x"), FocusY: rapid.IntRange(0, 100).Draw(t, "y")}}
	case 5:
		return Node{Type: Embed, Attrs: &Attrs{Provider: text.Draw(t, "provider"), Ref: maybe.Draw(t, "ref")}}
	}
	return Para(inline(t)...)
}

func TestNothingIsLostOnTheWayThroughTheDesk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b Body
		for range rapid.IntRange(0, 4).Draw(t, "blocks") {
			b.Blocks = append(b.Blocks, drawBlock(t))
		}
		printed := markup.Print(b)
		back, err := markup.Parse(strings.ReplaceAll(printed, "\n", "\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(b)
		got, _ := json.Marshal(back)
		if string(got) != string(want) {
			t.Fatalf("printed:\n%s\n got %s\nwant %s", printed, got, want)
		}
	})
}

func TestHostileTextIsReadInLinearTime(t *testing.T) {
	for _, piece := range []string{"[", "](", "[a](", "- ", "> ", "*", "**a*", "{", "\\", "|", "[*", "1. ", "- a\n  "} {
		mustParse(t, strings.Repeat(piece, 1<<17))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a **b** [c](d)", "- a\n  - b", "|= a | b |", "> q", "!picture x | y", "!picture x | y | z | w | 3% 70%", "***a*b**", "[*a]*", "\\u{a}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := markup.Parse(s)
		if err != nil {
			return
		}
		printed := markup.Print(b)
		back := mustParse(t, printed)
		if got, want := asJSON(t, back), asJSON(t, b); got != want {
			t.Fatalf("typed %q, printed %q\n got %s\nwant %s", s, printed, got, want)
		}
	})
}

func TestSignsThatPartNothingStayInTheText(t *testing.T) {
	for _, typed := range []string{"a {} b", "{}", "---", "one\n\n---\n\ntwo", "- one\n\n---\n\ntwo", "- one\n\n---\n\n1. two"} {
		b := mustParse(t, typed)
		var kept strings.Builder
		var walk func([]Node)
		walk = func(nodes []Node) {
			for _, n := range nodes {
				kept.WriteString(n.Text)
				walk(n.Content)
			}
		}
		walk(b.Blocks)
		for _, sign := range []string{"{}", "---"} {
			if strings.Contains(typed, sign) && !strings.Contains(kept.String(), sign) {
				t.Errorf("%q keeps but %q", typed, kept.String())
			}
		}
	}
}
