package reveal

import (
	"context"
	"database/sql"
	"errors"
	"net/url"

	"wireroom/fault"
	"wireroom/story"
)

// Former finds the story that could be read at an address before the agency
// came here. NotFound when there is none that the viewer may know of, whose
// withdrawal included.
func (d *Door) Former(ctx context.Context, address *url.URL, v Viewer) (lang story.Lang, n story.Number, err error) {
	for _, spelling := range story.OldAddresses(address) {
		err := d.db.QueryRow(ctx, `SELECT p.lang, p.number FROM old_address o JOIN published p ON p.story = o.story
			WHERE o.address = ?1`, spelling).Scan(&lang, &n)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return "", 0, fault.Internal("look for an old address", err)
		}
		var killed *Killed
		if _, err := d.Story(ctx, lang, n, v); err != nil && !errors.As(err, &killed) {
			return "", 0, err
		}
		return lang, n, nil
	}
	return "", 0, fault.NotFound("the page")
}
