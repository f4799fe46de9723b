package site

import (
	"context"
	"errors"
	"time"

	"wireroom/archive"
	"wireroom/reveal"
	"wireroom/story"
)

const (
	// mostRelated is how many related stories a page names.
	mostRelated = 5
	// soon is how long a page is kept that was made before the archive knew all.
	soon = 2 * time.Second
)

// related fills in the stories of the same matter. The page can do without: an
// archive that is not open yet, or too slow, is no reason to keep a story back.
func (a *article) related(ctx context.Context, v *visit, r reveal.Rendition) error {
	if v.site.Archive == nil {
		return nil
	}
	ready, err := v.site.Archive.Ready(ctx)
	if err != nil {
		return err
	}
	find := v.site.Archive.Related
	if !ready { // what was just sent is not found yet, and others are in more haste
		v.holds(v.now.Add(soon))
		find = v.site.Archive.Recall
	}
	rs, err := find(ctx, r, v.Viewer, mostRelated)
	if errors.Is(err, archive.ErrBusy) || errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil
	}
	a.Related = v.items(rs)
	return err
}

// named are the numbers of the stories that the page names already.
func (a *article) named() map[story.Number]bool {
	all := map[story.Number]bool{a.number: true}
	for _, i := range a.Related {
		all[i.number] = true
	}
	return all
}
