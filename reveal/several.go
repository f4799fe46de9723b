package reveal

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"wireroom/db"
	"wireroom/story"
)

// Several gives what the viewer may have of some stories, by their ids, brief
// as in a Query. Those that the viewer may not know of are not among them.
func (d *Door) Several(ctx context.Context, ids []story.ID, v Viewer, brief bool) (map[story.ID]Rendition, error) {
	now, all := d.now(), map[story.ID]Rendition{}
	for some := range slices.Chunk(ids, atOnce) {
		args := []any{db.Millis(now)}
		var list strings.Builder
		for i, id := range some {
			list.WriteString(", ?" + strconv.Itoa(i+2))
			args = append(args, string(id))
		}
		found, err := d.records(ctx, columns+` WHERE`+visible+` AND p.story IN (`+strings.TrimPrefix(list.String(), ", ")+`)`, args...)
		if err != nil {
			return nil, err
		}
		renditions, err := d.renderAll(ctx, found, v, now, brief)
		if err != nil {
			return nil, err
		}
		for _, r := range renditions {
			all[r.id] = r
		}
	}
	return all, nil
}
