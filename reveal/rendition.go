package reveal

import (
	"time"

	"wireroom/masthead"
	"wireroom/story"
)

// Rendition is what one viewer may have of a story: all of it, or a teaser.
// Only the Door makes one.
type Rendition struct {
	full      bool
	id        story.ID
	number    story.Number
	group     story.Group
	lang      story.Lang
	content   story.Content // in a teaser: headline, sections, topics, dateline and lead alone
	dateline  string
	sections  []masthead.Section
	plan      *masthead.Plan
	free      bool
	more      bool
	alert     bool
	length    int
	points    []string
	urgency   int
	pin       int
	sent      time.Time
	changed   time.Time
	zone      *time.Location
	release   int64
	signal    story.Signal
	notes     []story.Note
	nextPhase time.Time
	embargo   time.Time // of a client's
}

// Full reports whether the viewer has the whole story.
func (r Rendition) Full() bool { return r.full }

// Locked reports whether the viewer has a teaser alone.
func (r Rendition) Locked() bool { return !r.full }

// Free reports whether the story is open to all.
func (r Rendition) Free() bool { return r.free }

// ID is the story's identity.
func (r Rendition) ID() story.ID { return r.id }

// Number is the story's public number.
func (r Rendition) Number() story.Number { return r.number }

// Group is the story's language group.
func (r Rendition) Group() story.Group { return r.group }

// Lang is the story's language.
func (r Rendition) Lang() story.Lang { return r.lang }

// Headline is shown to all who may know of the story.
func (r Rendition) Headline() string { return r.content.Headline }

// Teaser is a sentence or two for a list: the editor's, if the viewer has the
// whole story, else the first paragraph that may be shown.
func (r Rendition) Teaser() string { return r.content.Summary() }

// Dateline opens the story: "October 25, Pozirk."; "" if it has none.
func (r Rendition) Dateline() string { return r.dateline }

// Byline is the writer; "" in a teaser.
func (r Rendition) Byline() string { return r.content.Byline }

// Sections are one to three, in the editor's order.
func (r Rendition) Sections() []masthead.Section { return r.sections }

// Topics are the ids of the register's topics to which the story belongs, said to
// all who may know of it.
func (r Rendition) Topics() []string { return r.content.Topics }

// Keywords are empty in a teaser.
func (r Rendition) Keywords() []string { return r.content.Keywords }

// Urgency is IPTC's, 1 (flash) to 9.
func (r Rendition) Urgency() int { return r.urgency }

// Pin is the editor's place on the front page; 0 is none.
func (r Rendition) Pin() int { return r.pin }

// Plan is what one must hold to read the whole; false if it is open to all.
func (r Rendition) Plan() (masthead.Plan, bool) {
	if r.free || r.plan == nil {
		return masthead.Plan{}, false
	}
	return *r.plan, true
}

// Notice tells who may read the whole, in the story's language; "" in a full
// rendition.
func (r Rendition) Notice() string {
	if r.full || r.plan == nil {
		return ""
	}
	return r.plan.Notice(r.lang)
}

// Blocks are the parts of the body that the viewer may have.
func (r Rendition) Blocks() []story.Node { return r.content.Body.Blocks }

// Cut reports whether the story goes on after Blocks.
func (r Rendition) Cut() bool { return !r.full && r.more }

// Sent is when readers could first see the story.
func (r Rendition) Sent() time.Time { return r.sent }

// Changed is when the text last changed.
func (r Rendition) Changed() time.Time { return r.changed }

// DateOnly reports whether only the day of Sent is known: an import without
// an hour stands at midnight of the agency's zone.
func (r Rendition) DateOnly() bool {
	t := r.sent.In(r.zone)
	return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0
}

// Release counts the story's releases.
func (r Rendition) Release() int64 { return r.release }

// Signal is what the last release was.
func (r Rendition) Signal() story.Signal { return r.signal }

// Advisory tells what the last update adds; "" in a teaser or without one.
func (r Rendition) Advisory() string {
	if n := len(r.notes); n > 0 && r.notes[n-1].Signal == story.SignalUpdate {
		return r.notes[n-1].Text
	}
	return ""
}

// Alert reports whether there is the headline alone and the story follows.
func (r Rendition) Alert() bool { return r.alert }

// Length is how many words the whole story has; 0 is not known.
func (r Rendition) Length() int { return r.length }

// Points say what is in the story, where the editor gave any.
func (r Rendition) Points() []string { return r.points }

// Correction is the last release's in one line, for lists; "" when it was none,
// and in a teaser.
func (r Rendition) Correction() string {
	if n := len(r.notes); n > 0 && r.notes[n-1].Signal == story.SignalCorrection {
		return r.notes[n-1].Short
	}
	return ""
}

// History are the corrections and updates since the first release, in order.
// A teaser has their times alone.
func (r Rendition) History() []story.Note { return r.notes }

// Pictures are the ids of the pictures in Blocks.
func (r Rendition) Pictures() []string { return story.Pictures(r.content.Body.Blocks) }

// Credit is whose report it is, the agency's own name where no other was given.
func (r Rendition) Credit(m masthead.Masthead) string {
	if r.content.Credit == "" {
		return m.Credit(r.lang)
	}
	return r.content.Credit
}

// Place is that of the dateline; "" is none.
func (r Rendition) Place() string { return r.content.Place }

// Date is that of the dateline.
func (r Rendition) Date() story.Date { return r.content.Date }

// Day is that of the dateline, or else the one on which the story was sent.
func (r Rendition) Day() story.Date {
	if d := r.content.Date; !d.IsZero() {
		return d
	}
	return story.DateOf(r.sent.In(r.zone))
}

// Slug is the desk's short name of the story, for clients that have the whole;
// readers are given none.
func (r Rendition) Slug() string { return r.content.Slug }

// Embargo is until when a client must keep the story to itself; zero is none.
func (r Rendition) Embargo() time.Time { return r.embargo }

// Until is when the same viewer may have another rendition, by a plan that
// opens; zero is never.
func (r Rendition) Until() time.Time { return r.nextPhase }
