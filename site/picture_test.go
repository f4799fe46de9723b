package site_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/media"
	"wireroom/story"
)

// kept is a picture in the cabinet, with its WebP.
func (n *newsroom) kept(shade byte) string {
	n.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1000, 600))
	for i := range img.Pix {
		img.Pix[i] = shade + byte(i/4000)
	}
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 255
	}
	var b bytes.Buffer
	n.ok(jpeg.Encode(&b, img, nil))
	p, err := n.pictures.Add(&b)
	n.ok(err)
	ctx, stop := context.WithCancel(n.Context())
	done := make(chan bool)
	go func() {
		n.pictures.Lighten(ctx, func(err error) { n.Error(err); stop() })
		close(done)
	}()
	for kind := ""; kind != "image/webp" && ctx.Err() == nil; {
		f, got, err := n.pictures.OpenWebP(p.ID, media.Widths[0])
		n.ok(err)
		kind = got
		n.ok(f.Close())
	}
	stop()
	<-done
	return p.ID
}

// shown is a story that shows a picture after its first paragraph.
func shown(headline, picture string) story.Content {
	c := story.Content{Headline: headline, Sections: []string{"politics"}, Body: paragraphs("The first paragraph.")}
	c.Body.Blocks = append(c.Body.Blocks, story.Node{Type: story.PictureNode,
		Attrs: &story.Attrs{Picture: picture, Alt: "A map", Credit: "Pozirk"}})
	return c
}

// files are a picture's addresses of all widths and formats.
func files(at string) (all []string) {
	for _, w := range media.Widths {
		all = append(all, at+strconv.Itoa(w), at+strconv.Itoa(w)+".webp")
	}
	return all
}

func TestAPictureIsServedOnlyWithItsRendition(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, id := context.Background(), n.kept(7)
		other := n.kept(90)
		paid := func(headline string) story.Content { c := shown(headline, id); c.Plan = "plus"; return c }
		early := paid("Seen before the cut")
		slices.Reverse(early.Body.Blocks)
		embargoed := shown("Not yet", id)
		embargoed.Embargo = n.now.Add(time.Hour)
		opens := paid("Open later")
		opens.OpensAt = n.now.Add(time.Hour)
		draft, err := n.stories.Create(ctx, n.editor, "en", "", shown("Draft", id))
		n.ok(err)
		spiked, err := n.stories.Create(ctx, n.editor, "en", "", shown("Spiked", id))
		n.ok(err)
		spiked, err = n.stories.Spike(ctx, n.editor, spiked.ID)
		n.ok(err)
		held, killed := n.sends("en", "", shown("Held", id)), n.sends("en", "", shown("Killed", id))
		held, err = n.stories.Hold(ctx, n.editor, held.ID, "")
		n.ok(err)
		killed, err = n.stories.Kill(ctx, n.editor, killed.ID, story.Say("It was not so."))
		n.ok(err)
		redrawn := n.sends("en", "", shown("Redrawn", other))
		redrawn, err = n.stories.Revise(ctx, n.editor, redrawn.ID, redrawn.Revision, shown("Redrawn", id))
		n.ok(err)
		n.press.Refresh()

		const nobody, holders, everyone = "nobody", "holders", "everyone"
		matrix := []struct {
			name string
			st   story.Story
			id   string
			who  string
		}{
			{"open", n.sends("en", "", shown("Open", id)), id, everyone},
			{"behind the cut", n.sends("en", "", paid("Paid")), id, holders},
			{"before the cut", n.sends("en", "", early), id, everyone},
			{"open later", n.sends("en", "", opens), id, holders},
			{"embargoed", n.sends("en", "", embargoed), id, nobody},
			{"held", held, id, nobody},
			{"killed", killed, id, nobody},
			{"draft", draft, id, nobody},
			{"spiked", spiked, id, nobody},
			{"of another story", n.sends("en", "", shown("Another", other)), id, nobody},
			{"of an update not sent", redrawn, id, nobody},
			{"that is still out", redrawn, other, everyone},
		}
		ask := func(v *visitor, may bool, name, path string) {
			n.Helper()
			a := v.opens(path)
			if !may {
				if a.StatusCode != 404 || strings.HasPrefix(a.Header.Get("Content-Type"), "image/") {
					n.Errorf("%s: %s answers %d with %s", name, path, a.StatusCode, a.Header.Get("Content-Type"))
				}
				return
			}
			want := "image/jpeg"
			if strings.HasSuffix(path, ".webp") {
				want = "image/webp"
			}
			if a.StatusCode != 200 || a.Header.Get("Content-Type") != want {
				n.Errorf("%s: %s answers %d with %s", name, path, a.StatusCode, a.Header.Get("Content-Type"))
			}
		}
		anyone, holder, lapsed := n.visitor(), n.subscriber("holder", n.now.Add(3*time.Hour)), n.subscriber("lapsed", n.now.Add(time.Millisecond))
		n.now = n.now.Add(time.Minute)
		for _, c := range matrix {
			at := address(c.st) + "/pictures/" + c.id + "/"
			for _, path := range files(at) {
				ask(anyone, c.who == everyone, c.name+", to anyone", path)
				ask(holder, c.who != nobody, c.name+", to a holder", path)
				ask(lapsed, c.who == everyone, c.name+", to one whose time is over", path)
			}
			for _, wrong := range []string{"0", "0320", "+320", "321", "320.jpg", "full", "320.webp.webp", ".webp", "full.jpg", "sums", "-1"} {
				ask(holder, false, c.name+", at no width", at+wrong)
			}
		}
		n.now = n.now.Add(2 * time.Hour)
		n.press.Refresh()
		for _, c := range matrix {
			for _, path := range files(address(c.st) + "/pictures/" + c.id + "/") {
				ask(anyone, c.who == everyone || c.name == "embargoed" || c.name == "open later", c.name+", later", path)
			}
		}
	})
}

func TestAPageNamesEachWidthAndFormatAndWhatStaysInSight(t *testing.T) {
	each(t, func(n *newsroom) {
		id := n.kept(7)
		c := shown("Open", id)
		c.Body.Blocks[1].Attrs.FocusX, c.Body.Blocks[1].Attrs.FocusY = 84, 3
		st := n.sends("en", "", c)
		v := n.visitor()
		for _, path := range []string{address(st), "/en/"} {
			page := v.opens(path).Page
			img, light := all(page, tag("img")), all(page, tag("source"))
			if len(img) != 1 || len(light) != 1 || light[0].Parent.Data != "picture" || attr(light[0], "type") != "image/webp" {
				n.Fatalf("%s has %d pictures, %d in WebP", path, len(img), len(light))
			}
			if attr(img[0], "width") != "1000" || attr(img[0], "height") != "600" || attr(img[0], "sizes") == "" || attr(img[0], "sizes") != attr(light[0], "sizes") {
				n.Errorf("%s has %v", path, img[0].Attr)
			}
			for _, set := range []string{attr(img[0], "srcset"), attr(light[0], "srcset")} {
				for _, one := range strings.Split(set, ", ") {
					file, width, _ := strings.Cut(one, " ")
					if a := v.opens(file); a.StatusCode != 200 || !strings.HasSuffix(width, "w") {
						n.Errorf("%s names %s, which answers %d", path, one, a.StatusCode)
					}
				}
			}
			if path == "/en/" && attr(img[0], "class") != "x80 y0" {
				n.Errorf("the front shows %q of 84%% 3%%", attr(img[0], "class"))
			}
		}
		sheet := ""
		for _, l := range all(v.opens("/en/").Page, tag("link")) {
			if attr(l, "rel") == "stylesheet" {
				sheet = attr(l, "href")
			}
		}
		css := v.opens(sheet).Text
		for _, rule := range []string{".x80", ".x0", ".x100", ".y0", ".y100"} {
			if !strings.Contains(css, rule) {
				n.Errorf("the sheet has no %s", rule)
			}
		}
	})
}

func TestAPictureWithoutWebPAnswersInWhatThereIs(t *testing.T) {
	each(t, func(n *newsroom) {
		var b bytes.Buffer
		n.ok(png.Encode(&b, image.NewGray(image.Rect(0, 0, 700, 400))))
		p, err := n.pictures.Add(&b)
		n.ok(err)
		at := address(n.sends("en", "", shown("Open", p.ID))) + "/pictures/" + p.ID + "/320.webp"
		a := n.visitor().opens(at)
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != "image/jpeg" {
			n.Errorf("%d with %s", a.StatusCode, a.Header.Get("Content-Type"))
		}
		if again := n.visitor().opens(at, "If-None-Match", a.Header.Get("ETag")); again.StatusCode != 304 {
			n.Errorf("asked again it answers %d", again.StatusCode)
		}
	})
}
