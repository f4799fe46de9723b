package agency

import "context"

// followArchive keeps the archive's index. Whatever stops it is said and tried
// again with the next start; news goes out without it.
func (a *Agency) followArchive(ctx context.Context) {
	a.Archive.LetPass = a.face().ticker.LetPass
	if err := a.Archive.Follow(ctx); err != nil && ctx.Err() == nil {
		a.Log.Warn("the archive is not searched", "error", err)
	}
}
