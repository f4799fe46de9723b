package saved_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/saved"
	"wireroom/story"
)

func read(file, page string) (format.Item, error) {
	for i, err := range saved.Decode(file, strings.NewReader(page)) {
		return i, err
	}
	panic("nothing was given")
}

const words = `<p>The cranes of Port Anna are back from the south, and the mayor, who counts them every spring, says that none is lacking.</p>
<p>They came over the pier in the morning, in two long lines, and the fishermen who were out at that hour took off their caps.</p>`

func TestAPageThatSaysNoAddressHadThatOfItsFile(t *testing.T) {
	i, err := read("2024/05/cranes/index.html", `<html lang="be"><body><h1>Cranes</h1><time datetime="2024-05-01 10:00">1 May</time><article>`+words+`</article></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(i.Origin.Addresses, []string{"/2024/05/cranes/index.html", "/2024/05/cranes/"}) || i.Lang != "be" || !i.Origin.Local ||
		i.Content.Headline != "Cranes" || i.Created.Hour() != 10 {
		t.Errorf("%+v %+v", i, i.Origin)
	}
}

func TestAPageInAnOldAlphabetIsRead(t *testing.T) {
	page := "<html><head><meta charset=windows-1251><title>x</title></head><body><h1>\xcf\xee\xf0\xf2</h1><article>" + words + "</article></body></html>"
	if i, err := read("a.html", page); err != nil || i.Content.Headline != "Порт" {
		t.Errorf("%q %v", i.Content.Headline, err)
	}
}

func TestAPageWithoutAnArticleIsToldOrHasNoTime(t *testing.T) {
	for _, page := range []string{"", "<html></html>", "<html><body><ul><li><a href=/a>A</a><li><a href=/b>B</a></ul></body></html>"} {
		i, err := read("a.html", page)
		var bad *format.Error
		if err == nil && !i.Undated || err != nil && !errors.As(err, &bad) {
			t.Errorf("%q: %+v %v", page, i, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`<html lang=en><head><link rel=canonical href=http://a/b><meta property="article:published_time" content="2024-05-01"><script type="application/ld+json">[{"@type":["NewsArticle"],"author":[{"name":"x"},["y"]]}]</script>` + words)
	f.Add("<table><tr><td>" + words + "<img data-src=/a.png><figure><figcaption>x</figcaption><img src=a></figure>")
	f.Fuzz(func(t *testing.T, page string) {
		i, err := read("a/b.html", page)
		var bad *format.Error
		if err != nil {
			if !errors.As(err, &bad) {
				t.Fatal(err)
			}
			return
		}
		for _, b := range i.Content.Body.Blocks {
			if b.Type == story.PictureNode {
				b.Attrs.Picture = "p"
			}
		}
		if err := i.Content.Body.Check(); err != nil {
			t.Fatal(err)
		}
	})
}
