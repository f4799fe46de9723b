package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"wireroom/wire"
)

// arrive notes for each record of the three weeks when it would have arrived:
// the agency was not really there, so the times are as invented as its news.
func (p *player) arrive(ctx context.Context) error {
	end := p.now
	records, err := p.house.Wire.After(ctx, 0, 1<<20)
	if err != nil {
		return err
	}
	if len(records) > 0 {
		p.now = records[0].At
	}
	book := p.house.Wire.Ledger("")
	dice := rand.New(rand.NewPCG(8, 3))
	begun := map[string]bool{}
	arrives := func(name string, r wire.Record, after time.Duration) error {
		if !begun[name] {
			if _, err := book.Begin(ctx, name); err != nil {
				return err
			}
			begun[name] = true
		}
		book.Arrived(name, r.At.Add(after), r)
		return nil
	}
	for _, r := range records {
		page := time.Duration(6+dice.ExpFloat64()*4) * time.Millisecond
		for name, after := range map[string]time.Duration{"site": page, "feeds " + r.Lang: page + 5*time.Millisecond, "sitemap": page + 110*time.Millisecond} {
			if err := arrives(name, r, after); err != nil {
				return err
			}
		}
	}
	p.now = end
	written, stop := context.WithCancel(ctx)
	stop()
	book.Keep(written, func(e error) { err = e })
	return err
}
