package story

import (
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// Story is a story as the desk has it, with its latest revision. Readers may
// have an older one: SentRevision.
type Story struct {
	ID           ID
	Number       Number
	Group        Group
	Lang         Lang
	State        State
	Content      Content
	Revision     int64     // of Content; counts from 1
	SentRevision int64     // that readers have; 0 while unsent
	Releases     int64     // how many there were
	FirstSent    time.Time // zero while unsent
	Changed      time.Time // the last act
	By           string    // id of the person who wrote Content; "" is an import
	Pin          int       // 0 is none; the highest leads the front page
	Source       string    // where an import found it; "" was written here

	Writer         string    // id of the person who began it; "" is an import
	Desk           string    // of the masthead's desks; "" is the first
	Stage          string    // of its desk's stages; "" is the first of its state
	Assigned       string    // id of the person whose turn it is; "" is anybody's
	Legal          string    // why it must not go out before lawyers looked; "" is no reason
	SendAt         time.Time // when it is to be sent; zero is not planned
	SendBy         string    // id of the person in whose name
	SendBase       int64     // the revision that was approved for it
	SendAct        Act       // what it is to be: ActUpdate, ActCorrect, or "" for the first sending
	SendTexts      Texts     // with which
	Missed         Missed    // why the last planned sending did not happen; zero is no reason
	Origin         ID        // the story that it translates; "" is none
	OriginRevision int64     // the origin's revision that it agrees with
	Waits          time.Time // the embargo of what was sent last; zero is none
	Alert          bool      // readers have the headline alone; the story follows

	original original // as it stands
}

// Store keeps the stories.
type Store struct {
	db       *db.DB
	now      func() time.Time
	masthead *masthead.Store
	staff    *staff.Store
	holder   string // of turns among several machines
}

// New opens the tables of the stories; now is the newsroom's clock.
func New(d *db.DB, now func() time.Time) *Store {
	return &Store{db: d, now: now, masthead: masthead.New(d), staff: staff.New(d, now), holder: db.NewID()}
}

// Stale says that somebody saved the story since the person opened it. Both
// texts are in it, so that nothing typed is lost.
type Stale struct {
	Theirs Story   // as it stands now
	Mine   Content // what was to be saved; zero for an act without a text
}

func (s *Stale) Error() string { return "story: somebody saved it since you opened it" }

// Unwrap makes it a Conflict.
func (s *Stale) Unwrap() error {
	return fault.Conflict("story", "somebody saved it since you opened it")
}
