package desk

import (
	"slices"
	"strings"

	"wireroom/story"
	"wireroom/story/compare"
)

// proof is two texts set into each other, as a corrector marks a galley.
type proof struct {
	Lang   string    // of the texts
	Screen string    // of the words about them
	Fields []proofed // those that are not the same
	Lines  []proofLine
	Alike  bool // nothing differs
}

// proofed is a field with its words struck out and put in.
type proofed struct {
	Label, Lang string
	Spans       []compare.Span
}

// proofLine is a line of the text.
type proofLine struct {
	Kind, Mark string // of the line, and of what became of it, for the sheet
	Level      int
	Block      int      // of the newer text, from 0; -1 when it is not there
	What       []string // said in words
	Spans      []compare.Span
	Src        string // of a picture
}

// written are the fields in the story's own language.
var written = []string{"headline", "teaser", "byline", "credit", "place"}

func (v *visit) proof(lang string, was, now story.Content) proof {
	p := proof{Lang: lang, Screen: v.lang}
	before, after := v.fields(was), v.fields(now)
	for i, f := range after {
		if f.Value == before[i].Value {
			continue
		}
		one := proofed{Label: f.Name, Spans: compare.Words(before[i].Value, f.Value)}
		if slices.ContainsFunc(written, func(name string) bool { return v.T("field-"+name) == f.Name }) {
			one.Lang = lang
		}
		p.Fields = append(p.Fields, one)
	}
	p.Lines, p.Alike = v.proofLines(was.Body, now.Body)
	p.Alike = p.Alike && len(p.Fields) == 0
	return p
}

var proofMarks = map[compare.Change]string{
	compare.Same: "same", compare.Changed: "changed", compare.New: "new", compare.Lost: "lost",
	compare.Moved: "moved", compare.Left: "left",
}

func (v *visit) proofLines(was, now story.Body) (all []proofLine, alike bool) {
	alike = true
	for _, l := range compare.Bodies(was, now) {
		alike = alike && l.Change == compare.Same
		one := proofLine{Kind: strings.ReplaceAll(string(l.Kind), "_", "-"), Mark: proofMarks[l.Change], Level: l.Level, Block: l.Block,
			What: v.became(l), Spans: l.Spans}
		if l.Change == compare.Lost || l.Change == compare.Left {
			one.Block = -1
		}
		if l.Kind == story.PictureNode {
			shown := l.Now
			if shown == nil {
				shown = l.Was
			}
			one.Src = v.sources(shown.Picture).Src
		}
		all = append(all, one)
	}
	return all, alike
}

// became says in words what ink cannot show.
func (v *visit) became(l compare.Line) (all []string) {
	say := func(when bool, id string, args ...any) {
		if when {
			all = append(all, v.T(id, args...))
		}
	}
	picture, embed := l.Kind == story.PictureNode, l.Kind == story.Embed
	say(l.Change == compare.Moved && picture, "proof-picture-moved")
	say(l.Change == compare.Moved && !picture, "proof-moved")
	say(l.Change == compare.Left, "proof-left")
	say(l.Change == compare.New && picture, "proof-picture-new")
	say(l.Change == compare.Lost && picture, "proof-picture-lost")
	say(l.Change == compare.New && embed, "proof-embed-new")
	say(l.Change == compare.Lost && embed, "proof-embed-lost")
	say(l.Replaced(), "proof-picture-replaced")
	say(l.Retyped, "proof-retyped")
	say(l.Restyled && !picture, "proof-restyled")
	if picture && l.Was != nil && l.Now != nil {
		say(l.Was.Credit != l.Now.Credit, "proof-credit", "was", l.Was.Credit, "now", l.Now.Credit)
		say(l.Was.Alt != l.Now.Alt, "proof-alt", "was", l.Was.Alt, "now", l.Now.Alt)
		say(l.Was.Picture == l.Now.Picture && l.Was.Caption != l.Now.Caption, "proof-caption")
		say(l.Was.FocusX != l.Now.FocusX || l.Was.FocusY != l.Now.FocusY, "proof-focus")
	}
	return all
}
