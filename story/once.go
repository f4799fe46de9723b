package story

import (
	"bytes"
	"context"
	"encoding/json"

	"wireroom/fault"
	"wireroom/staff"
)

// CreateOnce is Create for a page that has the story's id before there is one.
// Asked a second time, because the first answer was lost on its way, it gives
// the story as it is by now, and again is true. An id that somebody else's
// story has gives way to another.
func (s *Store) CreateOnce(ctx context.Context, by staff.Person, id ID, lang Lang, c Content) (st Story, again bool, err error) {
	st, err = s.Get(ctx, id)
	switch {
	case err == nil && st.Writer == by.ID:
		return st, true, nil
	case err == nil:
		id = ""
	case !fault.Is(err, fault.KindNotFound):
		return Story{}, false, err
	}
	st, err = s.begin(ctx, by, Story{ID: id, Lang: lang}, c)
	return st, false, err
}

// keptAlready reports whether the newest revision is the one that the person
// asks for over base: they asked before and did not hear the answer.
func keptAlready(st Story, by staff.Person, base int64, c Content) bool {
	return st.Revision == base+1 && st.By == by.ID && Same(st.Content, c)
}

// Same reports whether two contents would be kept alike.
func Same(a, b Content) bool {
	x, err := json.Marshal(a.tidy())
	y, wrong := json.Marshal(b.tidy())
	return err == nil && wrong == nil && bytes.Equal(x, y)
}
