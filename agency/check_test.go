package agency_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/story"
)

// finds checks that one part alone is damaged, and that its first damage is named.
func (o *open) finds(part, name string) {
	o.t.Helper()
	findings, err := o.Check(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	for _, f := range findings {
		if f.OK == (f.Part == part) || !f.OK && !strings.Contains(f.Error, name) {
			o.t.Errorf("%s: %v %s; want %s: %s", f.Part, f.OK, f.Error, part, name)
		}
	}
}

func (o *open) rewrite(query string, args ...any) {
	o.t.Helper()
	ctx := context.Background()
	err := o.DB.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func TestATextChangedAfterItWasSentIsFound(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		opens := time.Date(2030, 1, 2, 3, 4, 5, 6789, time.FixedZone("", 3*3600))
		var sent []story.Story
		for n := range 4 {
			sent = append(sent, o.send(story.Content{Headline: fmt.Sprint("Łukašenka <& «навіна» ", n), OpensAt: opens, Keywords: []string{}}))
		}
		c := sent[3].Content
		c.Headline = "Another"
		st, err := o.Stories.Revise(ctx, o.editor, sent[3].ID, sent[3].Revision, c)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, o.Agency) // with a revision that was not sent
		if _, err := o.Stories.Correct(ctx, o.editor, st.ID, st.Revision, story.Say("It was another.")); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Stories.Kill(ctx, o.editor, sent[0].ID, story.Say("It was not so.")); err != nil {
			t.Fatal(err)
		}
		sound(t, o.Agency)
		o.rewrite(`UPDATE story_revision SET content = REPLACE(content, 'So it is', 'So it was') WHERE story IN (?1, ?2)`,
			string(sent[1].ID), string(sent[2].ID))
		o.finds("texts", "wire record 2: its text is not what it was")
		o.rewrite(`DELETE FROM story_revision WHERE story = ?1`, string(sent[1].ID))
		o.finds("texts", "wire record 2: its text is missing")
	})
}

func TestAPictureThatAStoryNamesAndNobodyHasIsFound(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
			t.Fatal(err)
		}
		p, err := o.Pictures.Add(&b)
		if err != nil {
			t.Fatal(err)
		}
		shot := story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: p.ID, Alt: "The port"}}
		c := story.Content{Headline: "Seen", Body: story.Body{Blocks: []story.Node{shot}}}
		if _, err := o.Stories.Create(ctx, o.editor, "en", "", c); err != nil {
			t.Fatal(err)
		}
		sound(t, o.Agency)
		if err := os.RemoveAll(filepath.Join(o.Config.Data, "pictures", p.ID[:2])); err != nil {
			t.Fatal(err)
		}
		o.finds("pictures", "picture "+p.ID+" of story 1 is missing")
	})
}
