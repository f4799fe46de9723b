package desk

import (
	"strconv"
	"strings"

	"wireroom/story"
)

// foresight says in words what an act will do: what, to whom, when.
type foresight struct {
	visit  *visit
	story  story.Story
	family []story.Story
	said   []said
}

// said is one sentence, with the question that it answers before it.
type said struct{ Question, Words string }

func (f *foresight) say(question, id string, args ...any) {
	f.said = append(f.said, said{f.visit.T("ask-" + question), f.visit.T(id, args...)})
}

// edition names the edition that the story goes out in.
func (f *foresight) edition() string { return f.visit.T("edition-" + string(f.story.Lang)) }

// embargoed reports whether the text, once sent, waits for its time.
func (f *foresight) embargoed() bool { return f.story.Content.Embargo.After(f.visit.now) }

// when says when readers see the text.
func (f *foresight) when() {
	if f.embargoed() {
		f.say("when", "says-embargo", "when", f.visit.embargo(f.story.Content))
		return
	}
	f.say("when", "says-at-once")
}

// readers says who may have how much.
func (f *foresight) readers() {
	c := f.story.Content
	name := f.visit.plan(c)
	if name == "" {
		f.say("who", "says-open")
		return
	}
	plan, _ := f.visit.house.Plan(c.Plan)
	f.say("who", "says-holders", "plan", name)
	blocks := len(c.Body.Blocks)
	switch lead := c.Lead(); {
	case blocks == 0:
		f.say("others", "says-empty")
	case lead == 0:
		f.say("others", "says-no-lead", "notice", plan.Notice(f.story.Lang))
	case lead >= blocks:
		f.say("others", "says-all-lead", "plan", name)
	default:
		f.say("others", "says-lead", "n", paragraphs(c.Body.Blocks[:lead]), "of", paragraphs(c.Body.Blocks), "notice", plan.Notice(f.story.Lang))
	}
	if !c.OpensAt.IsZero() {
		f.say("later", "says-opens", "when", f.visit.moment(c.OpensAt))
	}
}

// paragraphs counts the blocks that are not headings.
func paragraphs(blocks []story.Node) (n int) {
	for _, b := range blocks {
		if b.Type != story.Heading {
			n++
		}
	}
	return n
}

// note says who reads what is said with the text: of a locked story those alone
// who may read it.
func (f *foresight) note(open, locked string) {
	if plan := f.visit.plan(f.story.Content); plan != "" {
		f.say("note", locked, "plan", plan)
		return
	}
	f.say("note", open)
}

// place says where the story stands.
func (f *foresight) place() {
	f.say("where", "says-place", "edition", f.edition(), "sections", f.visit.sections(f.story.Content.Sections), "number", int64(f.story.Number))
	if topics := f.visit.shownTopics(f.story.Content); topics != "" {
		f.say("topics", "says-topics", "topics", topics)
	}
}

// feeds says where the text goes besides pages.
func (f *foresight) feeds() {
	f.say("feeds", "says-feeds", "edition", f.edition(), "sections", f.visit.sections(f.story.Content.Sections))
}

// languages says which editions do not get the story by this.
func (f *foresight) languages() {
	var without []string
	for _, lang := range f.visit.house.Languages {
		if lang == f.story.Lang {
			continue
		}
		state := f.visit.T("says-language-none")
		for _, st := range f.family {
			if st.Lang == lang {
				state = f.visit.T("state-" + string(st.State))
			}
		}
		without = append(without, f.visit.T("lang-"+string(lang))+" ("+state+")")
	}
	if len(without) > 0 {
		f.say("languages", "says-languages", "languages", strings.Join(without, ", "))
	}
}

// wire says what clients learn.
func (f *foresight) wire(id string) {
	f.say("wire", id, "urgency", strconv.Itoa(f.story.Content.Rank()))
}

// others says that the story's other languages stay as they are.
func (f *foresight) others() {
	var langs []string
	for _, st := range f.family {
		if st.ID != f.story.ID && (st.State.Out() || st.State == story.Held) {
			langs = append(langs, f.visit.T("lang-"+string(st.Lang)))
		}
	}
	if len(langs) > 0 {
		f.say("languages", "says-family", "languages", strings.Join(langs, ", "))
	}
}
