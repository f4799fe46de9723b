package prose_test

import (
	"testing"

	"wireroom/format/print"
	"wireroom/format/prose"
	"wireroom/story"
)

func TestAPictureStandsWhereAPageHasItAndNothingIsLost(t *testing.T) {
	for markup, want := range map[string]string{
		`<p>a <img src="/x.png" alt="X"> b</p>`:                                                 "paragraph picture paragraph",
		`<ul><li>a <img src="/x.png"></li><li>b</li></ul>`:                                      "picture bullet_list",
		`<figure><img src="/x.png"><figcaption>A <i>b</i></figcaption></figure><p>c</p>`:        "picture paragraph",
		`<figure><table><tr><td>a</td></tr></table><figcaption>b</figcaption></figure>`:         "table paragraph",
		`<figure><img src="/x.png"><figcaption>never ends`:                                      "picture",
		`<img src="data:image/png;base64,AAAA"><img width="1" height="1" src="/count"><p>a</p>`: "paragraph",
		`<p>https://t.me/port/12</p>`:                                                           "embed",
		`<iframe src="https://maps.example/x"></iframe><p>a</p>`:                                "paragraph",
	} {
		p, got := prose.Illustrated(markup), ""
		for _, b := range p.Blocks {
			got += " " + string(b.Type)
		}
		if got != " "+want {
			t.Errorf("%s reads%s", markup, got)
		}
	}
	p := prose.Illustrated(`<figure><img src="/x.png"><figcaption>A <i>b</i></figcaption></figure>`)
	if p.Blocks[0].Attrs.Caption != "A b" {
		t.Errorf("%+v", p.Blocks[0].Attrs)
	}
}

func TestAMarkNeverShowsMoreThanStandsBeforeIt(t *testing.T) {
	for markup, want := range map[string]int{
		`<p>a</p><!--more--><p>b</p>`: 1, `<p>a</p><!-- more Read on --><p>b</p>`: 1, `<p>a <!--more--> b</p>`: 1, `<!--members-only--><p>a</p>`: -1,
		`<p>a</p><ul><li>b<!--more--></li></ul>`: 1, `<p>a</p><!-- moreover --><p>b</p>`: 0, `<p>a</p><!--more--><p>b</p><!--more--><p>c</p>`: 1,
	} {
		if p := prose.Illustrated(markup); p.Mark != want {
			t.Errorf("%s has its mark at %d, not %d", markup, p.Mark, want)
		}
	}
}

func FuzzIllustrated(f *testing.F) {
	f.Add(`<figure><img src=/a><figcaption><figure><img src=b></figcaption></figure><!--more--><ul><li><iframe src="https://youtu.be/a"></ul>`)
	f.Fuzz(func(t *testing.T, markup string) {
		p := prose.Illustrated(prose.Printable(markup))
		if !p.Fits() {
			return
		}
		for _, b := range p.Blocks {
			if b.Type == story.PictureNode {
				b.Attrs.Picture = "p"
			}
		}
		if err := (story.Body{Blocks: p.Blocks}).Check(); err != nil {
			t.Fatal(err)
		}
		if p.Mark > len(p.Blocks) {
			t.Fatalf("the mark is at %d of %d", p.Mark, len(p.Blocks))
		}
		_ = print.Text(p.Blocks)
	})
}
