package desk_test

import (
	"bytes"
	"encoding/binary"
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

// illustrated is a draft with a picture of 800 × 600 pixels.
func (n *newsroom) illustrated(c *clerk) (st story.Story, picture string) {
	n.Helper()
	picture = c.ship(photo(n, 800, 600)).ID
	text := text("Council meets")
	text.Body.Blocks = append(text.Body.Blocks, story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: picture, Caption: "The council", Credit: "Ada", Alt: "A table"}})
	return n.files(staff.Reporter, text), picture
}

func shown(st story.Story) story.Attrs {
	return *st.Content.Body.Blocks[len(st.Content.Body.Blocks)-1].Attrs
}

func TestAPictureIsCutAndGetsItsPointWithoutAScript(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.as(staff.Reporter)
		st, whole := n.illustrated(c)
		for lang, words := range map[string][]string{"en": {"800 × 600 pixels", "320 × 240"}, "ru": {"800 × 600 точек", "весь снимок"}, "be": {"800 × 600 кропак", "увесь здымак"}} {
			c.posts("/desk/language", url.Values{"lang": {lang}})
			list := c.opens(at(st.ID, "")).all("ul", "shots")
			link := attr(all(list[0], "a")[0], "href")
			c.opens(link).says(200, append(words, "The council", "Ada")...).lacks("photo-")
			c.opens("/desk/pictures/" + whole).says(200).speaks(lang)
		}
		c.posts("/desk/language", url.Values{"lang": {"en"}})
		path := "/desk/pictures/" + whole + "?story=" + string(st.ID)
		if got := attr(all(c.opens(at(st.ID, "/edit")).all("ul", "shots")[0], "a")[0], "href"); got != path {
			n.Errorf("the form leads to %s", got)
		}
		send := func(fields ...string) page {
			n.Helper()
			f := c.opens("/desk/pictures/" + shown(n.story(st.ID)).Picture + "?story=" + string(st.ID)).form("/desk/pictures/" + shown(n.story(st.ID)).Picture + "/frame?story=" + string(st.ID))
			return c.sends(f.fills(fields...))
		}
		send("shape", "1:1", "place", "focus", "focus_x", "75", "focus_y", "40", "caption", "The council at work").says(200, "600 × 600 pixels", "Saved")
		if a := shown(n.story(st.ID)); a.Picture == whole || a.Caption != "The council at work" || a.Credit != "Ada" || a.Alt != "A table" || a.FocusX != 67 || a.FocusY != 40 {
			n.Errorf("the story shows %+v", a)
		}
		send("shape", "own", "left", "10", "top", "0", "width", "50", "height", "100").says(200, "300 × 600 pixels")
		if got := n.story(st.ID); got.Revision != 3 || got.Content.Headline != "Council meets" {
			n.Errorf("it became %+v", got)
		}
		send("shape", "whole", "focus_x", "50", "focus_y", "50").says(200)
		if a := shown(n.story(st.ID)); a.FocusX != 0 || a.FocusY != 0 {
			n.Errorf("the centre is kept as %d %d", a.FocusX, a.FocusY)
		}
		for _, wrong := range [][]string{{"focus_x", "101"}, {"shape", "own", "left", "90", "width", "50"}, {"shape", "own"}, {"shape", "x:y"}} {
			if p := send(append(wrong, "caption", "Typed in vain?")...); p.status != 422 || !strings.Contains(string(p.source), "Typed in vain?") {
				n.Errorf("%q answers %d", wrong, p.status)
			}
		}
		c.opens("/desk/pictures/nothing").says(404)
		c.opens("/desk/pictures/"+whole).says(200, "A part is kept as a picture of its own")
	})
}

func TestAPictureChangesOnlyForThoseWhoMayWriteTheStory(t *testing.T) {
	one(t, func(n *newsroom) {
		c := n.as(staff.Reporter)
		st, picture := n.illustrated(c)
		at := "/desk/pictures/" + picture + "/frame?story=" + string(st.ID)
		for role, status := range map[staff.Role]int{staff.Reporter: 303, staff.Editor: 303, staff.Chief: 303, staff.Translator: 403, staff.Administrator: 403} {
			if p := n.as(role).throws(at, url.Values{"shape": {"whole"}, "alt": {string(role)}}); p.status != status {
				n.Errorf("a %s is answered %d", role, p.status)
			}
		}
		if _, err := n.stories.Spike(n.ctx(), n.people[staff.Editor], st.ID); err != nil {
			n.Fatal(err)
		}
		n.as(staff.Chief).throws(at, url.Values{"shape": {"whole"}}).says(409)
		c.throws("/desk/pictures/"+picture+"/frame?story="+string(n.in(story.Draft, text("Another")).ID), url.Values{"shape": {"whole"}}).says(404)
	})
}

// Saving ends what one has typed, so a picture waits for it.
func TestAPictureWaitsForWordsThatAreNotSaved(t *testing.T) {
	one(t, func(n *newsroom) {
		c := n.as(staff.Reporter)
		st, picture := n.illustrated(c)
		c.types(st, "a", "Typed and not saved")
		c.opens("/desk/pictures/"+picture+"?story="+string(st.ID)).says(200, "You have words in this story that are not saved").lacks("Shape")
		c.throws("/desk/pictures/"+picture+"/frame?story="+string(st.ID), url.Values{"shape": {"whole"}}).says(409)
		c.opens(at(st.ID, "/edit")).says(200, "Typed and not saved")
	})
}

// described is a photo with a caption and a name in its EXIF.
func described(t testing.TB, caption, artist string) []byte {
	plain := photo(t, 40, 30)
	var tiff bytes.Buffer
	tiff.WriteString("MM\x00*\x00\x00\x00\x08\x00\x02")
	at := uint32(8 + 2 + 2*12 + 4)
	for _, tag := range []struct {
		id   uint16
		text string
	}{{0x010e, caption}, {0x013b, artist}} {
		for _, v := range []any{tag.id, uint16(2), uint32(len(tag.text) + 1), at} {
			_ = binary.Write(&tiff, binary.BigEndian, v)
		}
		at += uint32(len(tag.text) + 1)
	}
	tiff.WriteString("\x00\x00\x00\x00" + caption + "\x00" + artist + "\x00")
	body := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	segment := append([]byte{0xff, 0xe1, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
	return append(append(bytes.Clone(plain[:2]), segment...), plain[2:]...)
}

func TestThePlainFormTakesTheWordsFromThePicturesFile(t *testing.T) {
	one(t, func(n *newsroom) {
		c := n.as(staff.Reporter)
		st := n.in(story.Draft, text("Council meets"))
		f := c.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
		f.file = described(n, "Councillors at a table", "Ada Byron")
		p := c.sends(f, "do", "picture").says(200, "with the caption and credit from its file")
		if body := p.form(at(st.ID, "/revisions")).Get("body"); !strings.Contains(body, "| Councillors at a table | Ada Byron") {
			n.Errorf("the text has %q", body)
		}
		f.fills("caption", "Mine")
		p = c.sends(f, "do", "picture")
		if body := p.form(at(st.ID, "/revisions")).Get("body"); !strings.Contains(body, "| Mine | Ada Byron") {
			n.Errorf("what was typed gave way: %q", body)
		}
	})
}
