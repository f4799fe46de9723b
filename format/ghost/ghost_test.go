package ghost_test

import (
	"errors"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/ghost"
	"wireroom/format/print"
	"wireroom/story"
)

func read(file string) (all []format.Item, last error) {
	a := ghost.New()
	_ = a.Survey(strings.NewReader(file))
	for i, err := range a.Decode(strings.NewReader(file)) {
		if err != nil {
			last = err
			continue
		}
		all = append(all, i)
	}
	return all, last
}

func TestPostsAreReadOutOfTablesAndOutOfTheInterface(t *testing.T) {
	const posts = `"posts":[{"id":7,"title":"A &amp; B","slug":"a-b","html":"<p>Text.</p>","page":0,"status":"published","published_at":1714557600000,"author_id":1,
 "feature_image":"__GHOST_URL__/content/images/a.png","feature_image_caption":"<b>By</b> Ann"}]`
	for name, file := range map[string]string{
		"tables":    `{"db":[{"meta":{"a":{"posts":1}},"data":{` + posts + `,"users":[{"id":1,"name":"Ann","slug":"ann"}],"settings":[{"deep":[[{}]]}],"posts_tags":[{"post_id":7,"tag_id":2}],"tags":[{"id":2,"name":"Sea","slug":"sea"}]}}]}`,
		"bare":      `{"meta":{},"data":{"users":[{"id":1,"name":"Ann","slug":"ann"}],"tags":[{"id":2,"name":"Sea","slug":"sea"}],"posts_tags":[{"post_id":7,"tag_id":2}],` + posts + `}}`,
		"interface": `{` + strings.Replace(posts, `"author_id":1`, `"authors":[{"id":"1","name":"Ann","slug":"ann"}],"tags":[{"id":"2","name":"Sea","slug":"sea"}],"visibility":"public"`, 1) + `}`,
	} {
		all, err := read(file)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %d posts, %v", name, len(all), err)
		}
		i := all[0]
		if i.Content.Headline != "A & B" || print.Text(i.Content.Body.Blocks[1:]) != "Text." || i.Content.Body.Blocks[0].Attrs.Caption != "By Ann" ||
			i.Content.Body.Blocks[0].Attrs.Picture != "/content/images/a.png" || len(i.Origin.Authors) != 1 || i.Origin.Authors[0].Name != "Ann" ||
			len(i.Origin.Terms) != 1 || i.Origin.Terms[0].Key() != "tag/sea" || i.Created.UTC().Hour() != 10 || i.Origin.Access != "" {
			t.Errorf("%s: %+v %+v", name, i, i.Origin)
		}
	}
}

func TestAFileThatIsNoneIsToldByItsLine(t *testing.T) {
	for file, says := range map[string]string{"": "line 1: the file ends too early", "{": "too early", "{}": `no "posts"`, "[1,2]": `no "posts"`,
		"{\"posts\":[\n{\"id\":\"1\",\"title\":3},\n{\"html\":\"x\",\"tags\":3}\n]}": "line 3: posts[1]", "{\"posts\":[\n\n}": "line 3"} {
		_, err := read(file)
		var bad *format.Error
		if !errors.As(err, &bad) || !strings.Contains(bad.Error(), says) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"db":[{"data":{"posts":[{"id":"p1","html":"<p>a<!--members-only--><figure><img src=/a><figcaption>b</figcaption></figure>","visibility":"paid"}],"tags":[{"id":"t"}]}}]}`)
	f.Add(`{"posts":[{"url":"http://a","data":{"title":"x","author":{"data":{"name":"n"}},"page":true}}]}`)
	f.Fuzz(func(t *testing.T, file string) {
		all, err := read(file)
		var bad *format.Error
		if err != nil && !errors.As(err, &bad) {
			t.Fatal(err)
		}
		for _, i := range all {
			for _, b := range i.Content.Body.Blocks {
				if b.Type == story.PictureNode {
					b.Attrs.Picture = "p"
				}
			}
			if err := i.Content.Body.Check(); err != nil {
				t.Fatal(err)
			}
			if i.Origin.Mark > len(i.Content.Body.Blocks) {
				t.Fatalf("the mark is at %d", i.Origin.Mark)
			}
		}
	})
}
