package portal_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/story"
	"wireroom/wire"
)

// What is asked for is found behind as much of other languages and of less
// urgent news as a page would look through.
func TestWhatTheWireItselfRulesOutStopsNoSearch(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.client("Radio", nil, everything)
	p := n.signed("ann@radio.example")
	n.sends("Flash of long ago", func(c *story.Content) { c.Urgency = 1 })
	n.ok(n.db.Do(t.Context(), func(tx *db.Tx) error {
		for i := range 3500 {
			e := wire.Entry{Story: "other-" + strconv.Itoa(i), Signal: "new", Lang: "be", Urgency: 7}
			if _, err := wire.Append(context.Background(), tx, time.Now(), e); err != nil {
				return err
			}
		}
		return nil
	}))
	stopped := "We looked through"
	p.gets("/wire/?q=flash").says(200).has(stopped).lacks("Flash of long ago<")
	for _, asks := range []string{"language=en", "urgency=3", "q=flash&language=en", "q=flash&urgency=1&section=politics"} {
		p.gets("/wire/?" + asks).says(200).has("Flash of long ago<").lacks(stopped)
	}
	if page := p.gets("/wire/?language=be").says(200); !strings.Contains(page.body, stopped) {
		t.Errorf("it does not say that it stopped: %s", page.body)
	}
}
