package copybook

import (
	"slices"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// ID is an entry's identity for ever.
type ID string

// Kind is what an entry is for.
type Kind string

// The kinds.
const (
	Template   Kind = "template"   // a whole story to be filled in
	Background Kind = "background" // paragraphs to be put into one
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Template, Background} }

// Text is what an entry says, as it is written.
type Text struct {
	Kind     Kind
	Lang     story.Lang
	Name     string // by which it is found; one in each language
	Topic    string // what a background is about; may be empty
	Headline string // how a template's headline goes; may be empty
	Body     story.Body
}

// Entry is a text of the copybook.
type Entry struct {
	ID ID
	Text
	Version int64     // how often it was saved
	Changed time.Time // when last
	By      string    // id of the person who did
	Removed time.Time // since when it is out of use; zero is in use
}

// Limits of an entry's fields, in characters.
const (
	MaxName  = 100
	MaxTopic = 100
)

// May says whether the person may write in the copybook.
func May(by staff.Person) error {
	if by.Role != staff.Editor && by.Role != staff.Chief {
		return fault.Forbidden("the copybook", "it is written by editors and chiefs")
	}
	return nil
}

func (t Text) tidy() Text {
	for _, f := range []*string{&t.Name, &t.Topic, &t.Headline} {
		*f = strings.TrimSpace(*f)
	}
	return t
}

// check names the first field that an entry may not have.
func (t Text) check() error {
	if !slices.Contains(Kinds(), t.Kind) {
		return fault.Invalid("kind", "%.50q is no kind of text", t.Kind)
	}
	if t.Name == "" {
		return fault.Invalid("name", "a text is found by its name, so it needs one")
	}
	for _, f := range []struct {
		field, value string
		most         int
	}{{"name", t.Name, MaxName}, {"topic", t.Topic, MaxTopic}, {"headline", t.Headline, story.MaxHeadline}} {
		if err := story.CheckText(f.field, f.value, f.most, false); err != nil {
			return err
		}
	}
	if len(t.Body.Blocks) == 0 {
		return fault.Invalid("body", "a text needs at least one paragraph")
	}
	return t.Body.Check()
}
