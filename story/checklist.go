package story

import (
	"context"
	"fmt"
	"strings"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// Need is something that a story must have before it goes out.
type Need string

// The needs, in the order in which a checklist names them. Some stand only
// where the agency's rules ask for them.
const (
	NeedHeadline Need = "headline"
	NeedSection  Need = "section"
	NeedPlan     Need = "plan"   // rule: who may read it is chosen
	NeedSlug     Need = "slug"   // rule
	NeedCredit   Need = "credit" // each picture says whose it is
	NeedAlt      Need = "alt"    // and what is on it
	NeedEyes     Need = "eyes"   // rule: somebody else than the sender saw it
	NeedShort    Need = "short"  // an alert: its headline is short
	NeedUrgent   Need = "urgent" // and it is urgent
	NeedLawyer   Need = "legal"  // no legal flag
	NeedFresh    Need = "stale"  // rule: a translation agrees with what was sent of its original
)

// Lack is one need that a story does not meet. Faces put it in words.
type Lack struct {
	Need   Need   `json:"need"`
	Number int    `json:"number,omitempty"` // which picture, from 1; how long or how urgent it is instead
	Words  string `json:"words,omitempty"`  // of the legal flag
}

// Field is the field of the content in which the lack can be mended; "" for
// what is not in the text.
func (l Lack) Field() string {
	switch l.Need {
	case NeedSection:
		return "sections"
	case NeedCredit, NeedAlt:
		return "body"
	case NeedShort:
		return "headline"
	case NeedUrgent:
		return "urgency"
	case NeedHeadline, NeedPlan, NeedSlug:
		return string(l.Need)
	}
	return ""
}

func (l Lack) why() string {
	switch l.Need {
	case NeedHeadline:
		return "a story needs a headline before it is sent"
	case NeedSection:
		return "a story needs a section before it is sent"
	case NeedPlan:
		return "choose who may read it before it is sent"
	case NeedSlug:
		return "a story needs a slug before it is sent"
	case NeedCredit:
		return "a picture needs a credit before it is sent"
	case NeedAlt:
		return "a picture needs a description before it is sent"
	case NeedShort:
		return fmt.Sprintf("the headline of an alert has at most %d characters, not %d", MaxAlert, l.Number)
	case NeedUrgent:
		return fmt.Sprintf("an alert has urgency 1 or 2, not %d", l.Number)
	case NeedEyes:
		return "somebody else must see it before it is sent"
	case NeedLawyer:
		return "it is flagged: " + l.Words
	}
	return "its original has changed since it was translated"
}

// Lacking says that a story may not go out yet, and all that it lacks.
type Lacking struct{ Lacks []Lack }

func (l *Lacking) Error() string { return l.Unwrap().Error() }

// Unwrap makes it Invalid in the field of the first lack.
func (l *Lacking) Unwrap() error {
	first := l.Lacks[0]
	field := first.Field()
	if field == "" {
		field = string(first.Need)
	}
	return fault.Invalid(field, "%s", first.why())
}

// Checklist is what the story lacks before the person may do the act that
// sends it as it stands; the same list that stops them if they try.
func (s *Store) Checklist(ctx context.Context, by staff.Person, act Act, st Story) ([]Lack, error) {
	st.Alert = st.alerts(act)
	return checklist(ctx, s.db, by, st)
}

// complete is the checklist as an error, within the transaction that sends. A
// story with Alert goes out by its headline alone.
func complete(ctx context.Context, r db.Reader, by staff.Person, st Story) error {
	lacks, err := checklist(ctx, r, by, st)
	if err == nil && len(lacks) > 0 {
		err = &Lacking{lacks}
	}
	return err
}

func checklist(ctx context.Context, r db.Reader, by staff.Person, st Story) ([]Lack, error) {
	m, err := masthead.Read(ctx, r)
	if err != nil {
		return nil, err
	}
	lacks := st.Content.lacks(m.Rules)
	if st.Alert {
		lacks = st.Content.alertLacks()
	}
	if m.Rules.SecondEyes && !st.Alert {
		seen, err := seenByAnother(ctx, r, by, st)
		if err != nil {
			return nil, err
		}
		if !seen {
			lacks = append(lacks, Lack{Need: NeedEyes})
		}
	}
	if st.Legal != "" {
		lacks = append(lacks, Lack{Need: NeedLawyer, Words: st.Legal})
	}
	if m.Rules.ForbidStale && st.Behind() {
		lacks = append(lacks, Lack{Need: NeedFresh})
	}
	return lacks, nil
}

// lacks is what the text itself lacks.
func (c Content) lacks(rules masthead.Rules) []Lack {
	var all []Lack
	need := func(n Need, met bool) {
		if !met {
			all = append(all, Lack{Need: n})
		}
	}
	need(NeedHeadline, strings.TrimSpace(c.Headline) != "")
	need(NeedSection, len(c.Sections) > 0)
	need(NeedPlan, !rules.NeedPlan || c.Plan != "" || c.Open)
	need(NeedSlug, !rules.NeedSlug || c.Slug != "")
	number := 0
	for _, n := range c.Body.Blocks {
		if n.Type != PictureNode || n.Attrs == nil {
			continue
		}
		number++
		if strings.TrimSpace(n.Attrs.Credit) == "" {
			all = append(all, Lack{Need: NeedCredit, Number: number})
		}
		if strings.TrimSpace(n.Attrs.Alt) == "" {
			all = append(all, Lack{Need: NeedAlt, Number: number})
		}
	}
	return all
}

// seenByAnother says whether a second pair of eyes was on the text that the
// person is about to send: since the last release (or from the beginning)
// somebody else saved a revision, so that each saw what the other wrote; or
// somebody else said that it is ready after the newest revision was saved. An
// import is nobody.
func seenByAnother(ctx context.Context, r db.Reader, by staff.Person, st Story) (bool, error) {
	var n int64
	err := r.QueryRow(ctx, `SELECT
		(SELECT COUNT(*) FROM story_revision WHERE story = ?1 AND number > ?2 AND person NOT IN ('', ?3)) +
		(SELECT COUNT(*) FROM story_act WHERE story = ?1 AND act = 'ready' AND person NOT IN ('', ?3)
			AND at >= (SELECT at FROM story_revision WHERE story = ?1 AND number = ?4))`,
		string(st.ID), st.SentRevision, by.ID, st.Revision).Scan(&n)
	if err != nil {
		return false, fault.Internal("ask who has seen a story", err)
	}
	return n > 0, nil
}
