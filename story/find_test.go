package story_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"wireroom/db"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

func TestStoriesFromBeforeTheListsAreFoundOnceRefreshed(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.people[staff.Editor])
		n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(n.ctx, `UPDATE story SET facts = '', title = '', sections = '', author = ''`)
			return err
		}))
		if k, err := n.stories.Refresh(n.ctx); err != nil || k != 1 {
			n.Fatalf("%d were refreshed: %v", k, err)
		}
		found, err := n.stories.List(n.ctx, story.Filter{Words: "FIRST", Section: "politics", Person: n.people[staff.Editor].ID})
		if err != nil || len(found) != 1 || found[0].ID != st.ID || found[0].Content.Headline != "First" || found[0].By != st.By {
			n.Errorf("found is %+v: %v", found, err)
		}
		if k, err := n.stories.Refresh(n.ctx); err != nil || k != 0 {
			n.Errorf("%d were refreshed again: %v", k, err)
		}
	})
}

func TestStoriesFromBeforeTheGateToldTheirLengthTellItOnceRefreshed(t *testing.T) {
	each(t, func(n *newsroom) {
		locked := text("Locked")
		locked.Plan = "plus"
		st, err := n.stories.Create(n.ctx, n.chief(), "en", "", locked)
		n.ok(err)
		st, err = n.stories.Release(n.ctx, n.chief(), st.ID, st.Revision)
		n.ok(err)
		head := func() (h story.Head) {
			var data string
			n.ok(n.db.QueryRow(n.ctx, `SELECT head FROM published WHERE story = ?1`, string(st.ID)).Scan(&data))
			n.ok(json.Unmarshal([]byte(data), &h))
			return h
		}
		sent := head()
		old := sent
		old.Length = 0
		data, err := json.Marshal(old)
		n.ok(err)
		n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(n.ctx, `UPDATE published SET head = ?1`, string(data)); err != nil {
				return err
			}
			_, err := tx.Exec(n.ctx, `UPDATE story SET facts = '' WHERE id IN (SELECT story FROM published WHERE plan <> '' AND head NOT LIKE '%"length":%')`)
			return err
		}))
		_, err = n.stories.Refresh(n.ctx)
		n.ok(err)
		if got := head(); got.Length == 0 || !reflect.DeepEqual(got, sent) {
			n.Errorf("what is shown of it becomes %+v, not %+v", got, sent)
		}
	})
}

func TestAGroupTellsWhichLanguagesItHas(t *testing.T) {
	each(t, func(n *newsroom) {
		var groups []story.Group
		for range 20 {
			st := n.in(story.Sent, n.chief())
			_, err := n.stories.Translate(n.ctx, n.chief(), st.ID, masthead.Lang("be"))
			n.ok(err)
			groups = append(groups, st.Group)
		}
		all, err := n.stories.Siblings(n.ctx, groups)
		n.ok(err)
		for _, g := range groups {
			if s := all[g]; len(s) != 2 || s[0].Lang != "be" || s[0].State != story.Draft || s[1].Lang != "en" || s[1].State != story.Sent {
				n.Errorf("a group has %+v", s)
			}
		}
	})
}
