package archive

import (
	"context"
	"slices"

	"wireroom/archive/index"
	"wireroom/archive/register"
	"wireroom/story"
)

// InHouse finds stories for the agency's own people, who may read whatever was
// sent: over both shelves, unjudged, the newest first. No reader and no client
// is ever answered from it.
func (a *Archive) InHouse(ctx context.Context, query string, limit int) ([]story.ID, error) {
	book, err := a.book(ctx)
	if err != nil {
		return nil, err
	}
	return a.inHouse(ctx, Sift(book, query, a.masthead(), a.now()), limit)
}

func (a *Archive) inHouse(ctx context.Context, s Sieve, limit int) ([]story.ID, error) {
	h := a.current()
	if h == nil {
		return nil, ErrBusy
	}
	if !s.Asks() {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	f := finder{archive: a, holding: h, question: s.q}
	if err := h.catalogue.refresh(ctx, h.index); err != nil {
		return nil, err
	}
	var rows []int64
	for _, shelf := range []index.Shelf{index.Open, index.Shut} {
		some, err := h.index.Find(ctx, f.search(shelf, limit))
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b int64) int { return int(min(max(b-a, -1), 1)) })
	var ids []story.ID
	for _, row := range slices.Compact(rows) {
		if i := h.catalogue.item(row); i != nil && s.at(i.sent()) && len(ids) < limit {
			ids = append(ids, i.story)
		}
	}
	return ids, nil
}

// InHouseAbout finds, as InHouse does, the newest stories about an entry of the
// register.
func (a *Archive) InHouseAbout(ctx context.Context, e register.Entry, limit int) ([]story.ID, error) {
	return a.inHouse(ctx, About(e), limit)
}
