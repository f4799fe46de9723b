package story_test

import (
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
