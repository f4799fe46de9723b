package reveal

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/story"
)

// atOnce is how many texts one statement asks for.
const atOnce = 50

// text is what a full rendition has besides a teaser.
type text struct {
	content story.Content
	notes   []story.Note
	slug    string // for clients, never for readers
}

// texts reads the whole texts of stories that may be read whole. The release
// is asked for with the story: what was decided on must still be what is read,
// and a hold, a kill or an update since then has another.
func (d *Door) texts(ctx context.Context, ps []record) (map[story.ID]text, error) {
	found := map[story.ID]text{}
	for some := range slices.Chunk(ps, atOnce) {
		if err := d.readTexts(ctx, some, found); err != nil {
			return nil, fault.Internal("read published texts", err)
		}
	}
	return found, nil
}

// errDamaged is a text that was kept and cannot be read any more.
var errDamaged = errors.New("the text is damaged")

// sound is texts for those who go on without a text that is damaged: one story
// must not keep all others from whoever follows the wire.
func (d *Door) sound(ctx context.Context, ps []record) (map[story.ID]text, error) {
	found, err := d.texts(ctx, ps)
	if !errors.Is(err, errDamaged) {
		return found, err
	}
	found = map[story.ID]text{}
	for _, p := range ps {
		one, err := d.texts(ctx, []record{p})
		if err != nil && !errors.Is(err, errDamaged) {
			return nil, err
		}
		maps.Copy(found, one)
	}
	return found, nil
}

func (d *Door) readTexts(ctx context.Context, ps []record, found map[story.ID]text) error {
	var query strings.Builder
	query.WriteString(`SELECT story, release, body FROM published_body WHERE story IN (`)
	args := make([]any, len(ps))
	asked := map[story.ID]record{}
	for i, p := range ps {
		if i > 0 {
			query.WriteString(", ")
		}
		query.WriteString("?" + strconv.Itoa(i+1))
		args[i], asked[p.id] = string(p.id), p
	}
	rows, err := d.db.Query(ctx, query.String()+")", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id story.ID
		var n int64
		var body []byte
		if err := rows.Scan(&id, &n, &body); err != nil {
			return err
		}
		p := asked[id]
		if p.release != n {
			continue
		}
		var c story.Content
		if err := json.Unmarshal(body, &c); err != nil {
			return errors.Join(errDamaged, err)
		}
		slug := c.Slug
		c.Note, c.Slug = "", ""
		found[id] = text{c, p.notes, slug}
	}
	return rows.Err()
}
