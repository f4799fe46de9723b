package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

func quoting() story.Content {
	c := text("Council meets")
	c.Body.Blocks = []story.Node{
		story.Para(story.Plain("“The bridge will be closed by winter,” mayor Alena Vierasok said. “There is no other way.”")),
		story.Para(story.Plain("“It is a mistake of the council,” he said.")),
	}
	return c
}

func TestAnEditorPutsAQuotationOnRecord(t *testing.T) {
	each(t, func(n *newsroom) {
		st, edvard := n.files(staff.Reporter, quoting()), n.as(staff.Editor)
		const mine = "The bridge will be closed by winter"
		edvard.opens(at(st.ID, "")).says(200, "Who said what", mine, "Named right beside the words.", "The text says “he”. Check who that is.")
		post := func(words, verdict, speaker string) page {
			return edvard.throws(at(st.ID, "/quotations"), url.Values{"words": {words}, "verdict": {verdict}, "speaker": {speaker}})
		}
		post(mine, "confirm", "Alena Vierasok").says(303)
		post("It is a mistake of the council", "refuse", "").says(303)
		edvard.opens(at(st.ID, "")).says(200, "Alena Vierasok", "on record by Edvard", "1 refused").lacks("The text says “he”.")
		edvard.opens("/desk/quotations?who=Вярасок&about=bridges&since=2002-01-01").says(200, mine, "Council meets")
		edvard.opens("/desk/quotations?who=Вярасок&about=trams").says(200, "Nobody has said so, on record.").lacks(mine)
		st = n.revises(st, func(c *story.Content) { c.Body.Blocks = c.Body.Blocks[1:] })
		p := edvard.opens(at(st.ID, "")).says(200, "no longer in the text")
		post(mine, "confirm", "Somebody Else").says(409)
		for _, noun := range p.leads(at(st.ID, "/")) {
			if strings.HasSuffix(noun, "/withdrawal") {
				edvard.throws(at(st.ID, "/"+noun), url.Values{}).says(303)
			}
		}
		edvard.opens("/desk/quotations").says(200, "Nothing is on record yet.")
		edvard.opens(at(st.ID, "")).says(200, "It is a mistake of the council").lacks("1 refused")
	})
}

func TestOnlyAnEditorSaysWhoSaidWhat(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.files(staff.Reporter, quoting())
		for _, role := range staff.Roles() {
			c := n.as(role)
			got := c.throws(at(st.ID, "/quotations"), url.Values{"words": {"There is no other way."}, "verdict": {"confirm"}, "speaker": {"Alena Vierasok"}})
			took := c.throws(at(st.ID, "/quotations/none/withdrawal"), url.Values{})
			if role == staff.Editor || role == staff.Chief {
				got.says(303)
				took.says(404)
				continue
			}
			got.says(403)
			took.says(403)
			c.opens(at(st.ID, "")).says(200, "Who said what").lacks("No quotation")
		}
		edvard := n.as(staff.Editor)
		edvard.throws(at(st.ID, "/quotations"), url.Values{"words": {"There is no other way."}, "verdict": {"perhaps"}}).says(400)
	})
}
