package desk

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf16"

	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/fault"
	"wireroom/story"
)

// naming is what the register says of a story's names, beside the story.
type naming struct {
	Known []namedOne
	Odd   []oddName
}

// namedOne is somebody, or a place, that the story names.
type namedOne struct{ URL, Name, Role string }

// oddName is a name that is spelled otherwise than it should be.
type oddName struct {
	Written, Propose, Why string
	Times                 int
}

// textOf is a story as the register reads it, the headline first.
func textOf(st story.Story) register.Text {
	t := register.Text{Lang: st.Lang, Paragraphs: []string{st.Content.Headline, st.Content.Teaser}}
	for _, n := range st.Content.Body.Blocks {
		t.Paragraphs = append(t.Paragraphs, record.Prose(n))
	}
	return t
}

// named fills in what is known of the story's names.
func (p *reading) named(v *visit, st story.Story) error {
	book, err := v.desk.Register.Book(v.r.Context())
	if err != nil {
		return err
	}
	n := &naming{}
	seen, odd := map[register.ID]bool{}, map[string]int{}
	for _, a := range book.Advise(textOf(st)) {
		if a.Entry.ID != "" && !seen[a.Entry.ID] {
			seen[a.Entry.ID] = true
			n.Known = append(n.Known, namedOne{knownURL(a.Entry), a.Entry.Name(st.Lang), a.Entry.Role(st.Lang, v.now)})
		}
		if a.Reason == register.Right {
			continue
		}
		key := a.Written + "\x00" + a.Propose
		i, known := odd[key]
		if !known {
			i = len(n.Odd)
			odd[key] = i
			n.Odd = append(n.Odd, oddName{Written: a.Written, Propose: a.Propose, Why: v.T("name-" + string(a.Reason))})
		}
		n.Odd[i].Times++
	}
	if len(n.Known)+len(n.Odd) > 0 {
		p.frame.style("register.css")
		p.Names = n
	}
	return nil
}

// asked is a text as the writing page sends it.
type askedNames struct {
	Lang       story.Lang `json:"lang"`
	Paragraphs []string   `json:"paragraphs"`
}

// adviceJSON is advice as the writing page takes it; places are in UTF-16 units,
// as scripts count.
type adviceJSON struct {
	Paragraph int    `json:"p"`
	From      int    `json:"from"`
	To        int    `json:"to"`
	Reason    string `json:"reason,omitempty"`
	Propose   string `json:"propose,omitempty"`
	Words     string `json:"words"`
}

// adviseNames says what the register says of a text that is being written.
func (d *Desk) adviseNames(w http.ResponseWriter, v *visit) error {
	var asked askedNames
	if err := json.NewDecoder(v.r.Body).Decode(&asked); err != nil {
		return fault.Invalid("names", "the text did not arrive whole")
	}
	book, err := d.Register.Book(v.r.Context())
	if err != nil {
		return err
	}
	all := []adviceJSON{}
	for _, a := range book.Advise(register.Text{Lang: asked.Lang, Paragraphs: asked.Paragraphs}) {
		text := asked.Paragraphs[a.Paragraph]
		from := units(text[:a.Start])
		one := adviceJSON{Paragraph: a.Paragraph, From: from, To: from + units(text[a.Start:a.End]), Reason: string(a.Reason), Propose: a.Propose}
		one.Words = v.saysOf(a, asked.Lang)
		all = append(all, one)
	}
	return v.json(w, http.StatusOK, all)
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// saysOf is a line on a name: who that is, and what is to be done about it.
func (v *visit) saysOf(a register.Advice, lang story.Lang) string {
	var parts []string
	if a.Entry.ID != "" {
		parts = append(parts, a.Entry.Name(lang))
		if role := a.Entry.Role(lang, v.now); role != "" {
			parts = append(parts, role)
		}
	}
	who := strings.Join(parts, ", ")
	if a.Reason == register.Right {
		return who
	}
	return strings.TrimPrefix(who+". ", ". ") + v.T("name-"+string(a.Reason)) + ": " + a.Propose
}
