package story

import (
	"context"

	"wireroom/db"
	"wireroom/staff"
)

// Beginning is a story that somebody planned.
type Beginning struct {
	Lang     Lang
	Group    Group  // "" starts one
	Desk     string // of the masthead's desks; "" is the first
	Assigned string // id of the person whose turn it is to be; "" is anybody's
	Content  Content
}

// Begin starts a draft as it was planned. also runs in the same transaction
// with the story as it is then, and its error begins nothing. A person who may
// not assign the story to the one planned leaves it to anybody.
func (s *Store) Begin(ctx context.Context, by staff.Person, b Beginning, also func(*db.Tx, Story) error) (Story, error) {
	st := Story{Lang: b.Lang, Group: b.Group, Desk: b.Desk, State: Draft, Writer: by.ID, Content: b.Content}
	if MayAssign(by, st, b.Assigned) == nil {
		st.Assigned = b.Assigned
	}
	return s.begin(ctx, by, st, b.Content, also)
}
