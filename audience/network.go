package audience

import (
	"context"
	"net/netip"
	"slices"

	"wireroom/db"
	"wireroom/fault"
)

// networks are the companies' at hand; they are read again after a change.
type networks struct {
	number int64 // of the change that they were read after
	all    []network
}

type network struct {
	ranges []netip.Prefix
	pass   Pass
}

// ByNetwork is what whoever asks from an address may have, by the companies
// whose network it is of. The address is looked at and forgotten.
func (s *Store) ByNetwork(ctx context.Context, from netip.Addr) ([]Pass, error) {
	at, err := s.networks(ctx)
	if err != nil || len(at.all) == 0 {
		return nil, err
	}
	from = from.Unmap()
	var held []Pass
	for _, n := range at.all {
		if s.now().Before(n.pass.Until) && slices.ContainsFunc(n.ranges, func(p netip.Prefix) bool { return p.Contains(from) }) {
			held = append(held, n.pass)
		}
	}
	return held, nil
}

func (s *Store) networks(ctx context.Context) (*networks, error) {
	number, watched := s.crowd.seen()
	if now := s.nets.Load(); now != nil && watched && now.number == number {
		return now, nil
	}
	rows, err := s.db.Query(ctx, `SELECT networks, plan, until FROM company WHERE networks <> ''`)
	if err != nil {
		return nil, fault.Internal("read the networks", err)
	}
	fresh := &networks{number: number}
	fresh.all, err = db.Collect(rows, "read the networks", func(row db.Scanner) (n network, err error) {
		var text string
		var until int64
		if err = row.Scan(&text, &n.pass.Plan, &until); err != nil {
			return n, err
		}
		n.pass.Until = db.Time(until)
		n.ranges, err = ReadNetworks(text)
		return n, err
	})
	if err == nil && watched {
		s.nets.Store(fresh)
	}
	return fresh, err
}

// seen is the change that the crowd knows, and whether it hears of changes.
func (c *crowd) seen() (number int64, watched bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.number, c.watched
}
