package ticker

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/reveal"
	"wireroom/wire"
)

// page is a stretch of the wire for a client.
type page struct {
	Records []record `json:"records"`
	Urgent  []record `json:"urgent,omitempty"` // of a client that is served late: what takes back or mends, beforehand
	Next    int64    `json:"next"`             // ask after this number
	More    bool     `json:"more"`             // there is more now
}

// stretch is what a client may have of the wire after a number.
type stretch struct {
	found  []reveal.Dispatch
	urgent []reveal.Dispatch
	next   wire.Number
	more   bool
}

func (t *Ticker) items(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := readFilter(r.URL.Query())
	if err != nil {
		return err
	}
	shape, err := shaped(r, v.client)
	if err != nil {
		return err
	}
	if isFeed(shape) && !r.URL.Query().Has("after") {
		return t.feed(w, r, v, shape, f)
	}
	if !f.Since.IsZero() {
		before, err := t.Wire.Before(r.Context(), f.Since)
		if err != nil {
			return err
		}
		f.after = max(f.after, before)
	}
	s, err := t.stretch(r.Context(), v, f)
	if err != nil {
		return err
	}
	next := url.Values{"after": {strconv.FormatInt(int64(s.next), 10)}}
	for name, values := range r.URL.Query() {
		if name != "after" && name != "since" {
			next[name] = values
		}
	}
	w.Header().Set("Link", "<"+itemsURL+"?"+next.Encode()+`>; rel="next"`)
	w.Header().Set("Wire-Next", strconv.FormatInt(int64(s.next), 10))
	if !enveloped(shape) {
		all := append(s.urgent, s.found...)
		if isFeed(shape) {
			slices.Reverse(all)
		}
		return t.document(w, shape, v, all)
	}
	p := page{Records: []record{}, Next: int64(s.next), More: s.more}
	if p.Records, err = t.records(v, shape, s.found); err == nil {
		p.Urgent, err = t.records(v, shape, s.urgent)
	}
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, "application/json", p)
	return nil
}

func (t *Ticker) records(v visit, shape choice.Format, all []reveal.Dispatch) ([]record, error) {
	out := make([]record, 0, len(all))
	for _, d := range all {
		r, err := t.record(d, shape, t.Manner(v.client))
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// document writes dispatches as one document of a format that has no page.
func (t *Ticker) document(w http.ResponseWriter, shape choice.Format, v visit, all []reveal.Dispatch, others ...version) error {
	items := []format.Item{}
	for _, d := range all {
		if d.Tells() {
			items = append(items, t.formed(d, others...))
		}
	}
	if !shape.Many && len(items) != 1 {
		return fault.Invalid("format", "%s holds one story; ask for it alone, at %s/{id}", shape.Name, itemsURL)
	}
	var b bytes.Buffer
	if err := shape.Encode(&b, items, t.Manner(v.client)); err != nil {
		return fault.Internal("write a page as "+shape.Name, err)
	}
	w.Header().Set("Content-Type", shape.Type)
	_, _ = w.Write(b.Bytes())
	return nil
}

// stretch reads the wire until there is a page full for the client, or enough
// was looked through.
func (t *Ticker) stretch(ctx context.Context, v visit, f filter) (stretch, error) {
	s := stretch{next: f.after, more: true}
	sought, err := t.Clients.Ready(ctx, f.Search, t.Masthead())
	if err != nil {
		return s, err
	}
	for looked := 0; looked < mostLooked; {
		records, err := t.Wire.After(ctx, s.next, min(mostLimit, mostLooked-looked))
		if err != nil {
			return s, err
		}
		full := len(records) > 0
		if records = until(records, v.now.Add(-v.client.Delay)); len(records) == 0 {
			s.more = false
			if full {
				s.urgent, err = t.urgent(ctx, v, s.next)
			}
			return s, err
		}
		looked += len(records)
		sheet, err := t.Door.Sheet(ctx, records)
		if err != nil {
			return s, err
		}
		for _, d := range sheet.For(v.viewer) {
			if !sought.Wants(d) {
				continue
			}
			if len(s.found) == f.limit {
				return s, nil
			}
			s.found, s.next = append(s.found, d), d.Number
		}
		s.next = records[len(records)-1].Number
	}
	return s, nil
}

// until leaves out the records that were sent after an instant.
func until(records []wire.Record, at time.Time) []wire.Record {
	for i, r := range records {
		if r.At.After(at) {
			return records[:i]
		}
	}
	return records
}

// mostUrgent bounds the records in which a late client's urgent ones are
// looked for.
const mostUrgent = 500

// urgent is what a client that is served late must know before its time: what
// takes back or mends what it has.
func (t *Ticker) urgent(ctx context.Context, v visit, after wire.Number) ([]reveal.Dispatch, error) {
	records, err := t.Wire.After(ctx, after, mostUrgent)
	if err != nil {
		return nil, err
	}
	sheet, err := t.Door.Sheet(ctx, grave(records))
	if err != nil {
		return nil, err
	}
	return sheet.For(v.viewer), nil
}
