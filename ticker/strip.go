package ticker

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/format/choice"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/ticker/tape"
	"wireroom/wire"
)

// limits of a line: a megabyte is a day's news, and half a minute is longer
// than a line that works ever needs.
var limits = tape.Limits{Behind: 1 << 20, Slow: 30 * time.Second, Beat: 15 * time.Second, Keep: 256}

// strip is what the same bytes are right for: one contract's worth in one
// format.
type strip struct {
	*tape.Strip
	client clients.Client // one of those whose contracts agree
	shape  choice.Format
	visit  int64 // the last time that it was asked for
}

// key names what a client is given on the stream. Clients with the same
// contract and format share the bytes.
func key(c clients.Client, shape string, now time.Time) string {
	said, err := json.Marshal(struct {
		Starts, Ends time.Time
		Depth        int
		Early        bool
		Delay        time.Duration
		Brackets     clients.Brackets
		Products     []clients.Product
		Past         []reveal.Terms
		Over         bool
	}{c.Starts, c.Ends, c.Depth, c.Early, c.Delay, c.Brackets, lets(c), c.Past, c.Over(now)})
	if err != nil {
		return string(c.ID) + " " + shape
	}
	h := fnv.New128a()
	_, _ = h.Write(said)
	return fmt.Sprintf("%x %s", h.Sum(nil), shape)
}

// lets are the products without what does not matter for what they give.
func lets(c clients.Client) []clients.Product {
	var all []clients.Product
	for _, p := range c.Products {
		all = append(all, clients.Product{Lets: p.Lets})
	}
	return all
}

// follows gives the strip for a client, and makes it if there is none.
func (t *Ticker) follows(ctx context.Context, c clients.Client, shape choice.Format) (*strip, error) {
	head, err := t.Wire.Head(ctx)
	if err != nil {
		return nil, err
	}
	due, err := t.due(ctx, c)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	k := key(c, shape.Name, t.Now())
	s := t.strips[k]
	if s == nil {
		t.begin(head)
		if c.Delay == 0 {
			due = t.at
		}
		s = &strip{Strip: t.tape.Strip(int64(due)), client: c, shape: shape}
		t.strips[k] = s
	}
	t.visits++
	s.visit = t.visits
	return s, nil
}

// begin sets where the strips begin, once: the first line may come before the
// wire is followed.
func (t *Ticker) begin(head wire.Number) {
	if !t.begun {
		t.at, t.begun = head, true
		t.ahead.reach(head)
	}
}

// due is the last number that a client may have come to by now.
func (t *Ticker) due(ctx context.Context, c clients.Client) (wire.Number, error) {
	if c.Delay == 0 {
		return t.Wire.Head(ctx)
	}
	return t.Wire.Before(ctx, t.Now().Add(time.Millisecond-c.Delay))
}

// event is a dispatch as the stream sends it.
func (t *Ticker) event(s *strip, d reveal.Dispatch, numbered bool) (*tape.Event, error) {
	r, err := t.record(d, s.shape, t.Manner(s.client))
	if err != nil {
		// One story that cannot be written must not stop the wire: it is named.
		t.Log.Error("a release is sent without its text", "number", int64(d.Number), "error", err)
	}
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fault.Internal("write an event", err)
	}
	e := &tape.Event{Of: string(d.Story), Grave: d.Grave()}
	if numbered {
		e.Number = int64(d.Number)
	}
	e.Data = tape.Encode(e.Number, string(d.Signal), data)
	return e, nil
}

// events are those of a sheet.
func (t *Ticker) events(s *strip, sheet *reveal.Sheet, numbered bool) ([]*tape.Event, error) {
	var all []*tape.Event
	for _, d := range sheet.For(s.client.Viewer(t.Now())) {
		if !numbered && !d.Grave() {
			continue
		}
		e, err := t.event(s, d, numbered)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// Run follows the wire and sends what it brings, until the context ends.
func (t *Ticker) Run(ctx context.Context) {
	head, err := t.Wire.Head(ctx)
	for err != nil && ctx.Err() == nil {
		t.stumble(ctx, err)
		head, err = t.Wire.Head(ctx)
	}
	t.mu.Lock()
	t.begin(head)
	t.mu.Unlock()
	go t.watch(ctx)
	go t.late(ctx)
	go func() {
		for ctx.Err() == nil {
			if err := t.round(ctx); err != nil {
				t.stumble(ctx, err)
			}
		}
	}()
	t.tape.Run(ctx.Done(), func() []byte {
		return farewell("stopping", "The agency's program stops. Connect again with Last-Event-ID.")
	})
}

func (t *Ticker) stumble(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	t.Log.Error("the stream cannot follow the wire", "error", err)
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

// round waits for the wire and sends what is new, the same to all who may have
// the same.
func (t *Ticker) round(ctx context.Context) error {
	if err := t.Wire.Wait(ctx, t.at); err != nil {
		return err
	}
	records, err := t.Wire.After(ctx, t.at, 100)
	if err != nil || len(records) == 0 {
		return err
	}
	last := records[len(records)-1].Number
	if t.nobody(last) {
		t.arrived(0, records)
		return nil
	}
	sheet, err := t.Door.Sheet(ctx, records)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var left []*strip
	for _, s := range t.strips {
		left = append(left, s)
	}
	done := t.arrived(len(left), records)
	for _, s := range left {
		numbered := s.client.Delay == 0
		events, err := t.events(s, sheet, numbered)
		if err != nil {
			return err
		}
		at := int64(last)
		if !numbered {
			at = s.At()
		}
		s.Publish(at, tape.Beat(at), events, done)
	}
	t.at = last
	return nil
}

// nobody reports whether there is no strip; then whoever comes begins behind n,
// and what stands there need not be read.
func (t *Ticker) nobody(n wire.Number) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.strips) > 0 {
		return false
	}
	t.at = n
	return true
}

// late brings the strips of those who are served late up to what is due.
func (t *Ticker) late(ctx context.Context) {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		if err := t.catchDue(ctx); err != nil {
			t.stumble(ctx, err)
		}
	}
}

func (t *Ticker) catchDue(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.strips {
		if s.client.Delay == 0 {
			continue
		}
		records, err := t.Wire.After(ctx, wire.Number(s.At()), 100)
		if err != nil {
			return err
		}
		records = until(records, t.Now().Add(-s.client.Delay))
		if len(records) == 0 {
			continue
		}
		sheet, err := t.Door.Sheet(ctx, records)
		if err != nil {
			return err
		}
		events, err := t.events(s, sheet, true)
		if err != nil {
			return err
		}
		at := int64(records[len(records)-1].Number)
		s.Publish(at, tape.Beat(at), events, nil)
	}
	return nil
}

// grave leaves what takes back or mends.
func grave(records []wire.Record) []wire.Record {
	var all []wire.Record
	for _, r := range records {
		if reveal.Grave(story.Signal(r.Signal)) {
			all = append(all, r)
		}
	}
	return all
}
