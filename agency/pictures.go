package agency

import "context"

// lightenPictures makes the WebP of pictures while the agency serves.
func (a *Agency) lightenPictures(ctx context.Context) {
	a.Pictures.Lighten(ctx, func(err error) { a.Log.Error("making a picture lighter", "error", err) })
}
