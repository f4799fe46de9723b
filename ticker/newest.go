package ticker

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"wireroom/format/choice"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// isFeed reports whether a format is read by programs that expect the newest
// first and ask for the same address again.
func isFeed(f choice.Format) bool {
	return slices.Contains([]string{"atom", "rss", "jsonfeed"}, f.Name)
}

// feed gives the newest, each story once. The next page is an older one.
func (t *Ticker) feed(w http.ResponseWriter, r *http.Request, v visit, shape choice.Format, f filter) error {
	found, older, err := t.newest(r.Context(), v, f)
	if err != nil {
		return err
	}
	if older > 0 {
		next := url.Values{}
		for name, values := range r.URL.Query() {
			next[name] = values
		}
		next.Set("before", strconv.FormatInt(int64(older), 10))
		w.Header().Set("Link", "<"+itemsURL+"?"+next.Encode()+`>; rel="next"`)
	}
	if len(found) > 0 {
		w.Header().Set("Wire-Next", strconv.FormatInt(int64(found[0].Number), 10))
	}
	return t.document(w, shape, v, found)
}

// newest looks back over the wire until there is a page full for the client, or
// enough was looked through. older is before which to go on; 0 is nowhere.
func (t *Ticker) newest(ctx context.Context, v visit, f filter) (found []reveal.Dispatch, older wire.Number, err error) {
	sought, err := t.Clients.Ready(ctx, f.Search, t.Masthead())
	if err != nil {
		return nil, 0, err
	}
	seen, before := map[story.ID]bool{}, f.before
	for looked := 0; looked < mostLooked; {
		records, err := t.Wire.Latest(ctx, before, mostLimit)
		if err != nil || len(records) == 0 {
			return found, 0, err
		}
		sheet, err := t.Door.Sheet(ctx, v.due(records))
		if err != nil {
			return found, 0, err
		}
		for _, d := range sheet.For(v.viewer) {
			if seen[d.Story] || !d.Tells() {
				continue
			}
			seen[d.Story] = true
			if !sought.Wants(d) {
				continue
			}
			if len(found) == f.limit {
				return found, found[len(found)-1].Number, nil
			}
			found = append(found, d)
		}
		looked += len(records)
		before = records[len(records)-1].Number
	}
	return found, before, nil
}

// due leaves the records that the client may know of by now: who is served late
// hears at once of nothing but what mends or takes back.
func (v visit) due(records []wire.Record) []wire.Record {
	return slices.DeleteFunc(slices.Clone(records), func(r wire.Record) bool {
		return r.At.After(v.now.Add(-v.client.Delay)) && !reveal.Grave(story.Signal(r.Signal))
	})
}
