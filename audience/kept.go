package audience

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Kept is all that the tables hold of a reader, as they may take it along.
type Kept struct {
	Name      string       `json:"name,omitempty"`
	Language  string       `json:"language,omitempty"`
	SignsIn   []string     `json:"signs_in_by"`         // "number", "email"
	Email     string       `json:"email,omitempty"`     // "sealed" when its key is not on this machine
	Frozen    bool         `json:"frozen,omitempty"`    // shut by the agency
	Bulletins string       `json:"bulletins,omitempty"` // names, with blanks between them
	Bounces   int          `json:"bounces,omitempty"`   // letters that came back
	Month     string       `json:"month,omitempty"`     // of the two counters
	Opened    int          `json:"opened,omitempty"`    // stories of the month that were opened without a plan
	Given     int          `json:"given,omitempty"`     // stories of the month that were opened to friends
	Passes    []KeptPass   `json:"plans"`
	Devices   []KeptDevice `json:"devices"`
	Orders    []KeptOrder  `json:"orders,omitempty"`  // while they can be given back or renew
	Company   string       `json:"company,omitempty"` // whose seats the reader keeps
	Follows   []KeptFollow `json:"follows,omitempty"`
}

// KeptFollow is one thing that a reader follows.
type KeptFollow struct {
	Kind     AimKind `json:"kind"`
	Name     string  `json:"name"`
	Query    string  `json:"query,omitempty"` // of a search
	Language string  `json:"language"`
	Letters  Rhythm  `json:"letters,omitempty"`
	Stories  []int64 `json:"stories,omitempty"` // that letters told of, or are to tell of, in the last week
}

// KeptPass is one pass as it is kept.
type KeptPass struct {
	Plan  string `json:"plan"`
	From  Kind   `json:"from"`
	Until string `json:"until"`
}

// KeptDevice is one session as it is kept.
type KeptDevice struct {
	Month string `json:"signed_in"` // "2026-11"
	Until string `json:"until"`
}

// KeptOrder is one purchase as it is kept until it is forgotten.
type KeptOrder struct {
	Plan     string `json:"plan"`
	Begun    string `json:"begun"` // the day
	Currency string `json:"currency"`
	Price    int64  `json:"price"` // in the currency's smallest unit
	Days     int    `json:"days"`
	Renews   bool   `json:"renews,omitempty"`
	Till     string `json:"till"`
	Paid     int64  `json:"paid"`
	Back     int64  `json:"given_back,omitempty"`
}

// Kept reads all that is kept of a reader; NotFound.
func (s *Store) Kept(ctx context.Context, reader string) (Kept, error) {
	k := Kept{SignsIn: []string{}, Passes: []KeptPass{}, Devices: []KeptDevice{}}
	var number, email, sealed string
	err := s.db.QueryRow(ctx, `SELECT name, lang, number, email, sealed, frozen, bulletins, bounces, month, metered, given
		FROM reader WHERE id = ?1`, reader).Scan(
		&k.Name, &k.Language, &number, &email, &sealed, &k.Frozen, &k.Bulletins, &k.Bounces, &k.Month, &k.Opened, &k.Given)
	if errors.Is(err, sql.ErrNoRows) {
		return Kept{}, fault.NotFound("the reader")
	}
	if err != nil {
		return Kept{}, fault.Internal("read what is kept", err)
	}
	if number != "" {
		k.SignsIn = append(k.SignsIn, "number")
	}
	if email != "" {
		k.SignsIn = append(k.SignsIn, "email")
		if k.Email, err = s.unseal(sealed); err != nil {
			k.Email = "sealed"
		}
	}
	if k.Passes, err = s.keptPasses(ctx, reader); err != nil {
		return Kept{}, err
	}
	devices, err := s.Devices(ctx, reader, "")
	for _, d := range devices {
		k.Devices = append(k.Devices, KeptDevice{d.Month.Format("2006-01"), day(d.Month.AddDate(0, 2, 0))})
	}
	if err != nil {
		return Kept{}, err
	}
	if k.Orders, err = s.keptOrders(ctx, reader); err != nil {
		return Kept{}, err
	}
	company, err := s.CompanyOf(ctx, reader)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return Kept{}, err
	}
	k.Company = company.Name
	k.Follows, err = s.keptFollows(ctx, reader)
	return k, err
}

func (s *Store) keptOrders(ctx context.Context, reader string) (all []KeptOrder, err error) {
	orders, err := ordersWhere(ctx, s.db, ` WHERE reader = ?1 ORDER BY begun DESC, id`, reader)
	if err != nil {
		return nil, err
	}
	for _, o := range orders {
		b, err := weigh(ctx, s.db, o)
		if err != nil {
			return nil, err
		}
		all = append(all, KeptOrder{o.Plan, day(o.Begun), o.Price.Currency, o.Price.Amount, o.Price.Days, o.Renews, o.Till, b.Paid, b.Back})
	}
	return all, nil
}

func (s *Store) keptFollows(ctx context.Context, reader string) (all []KeptFollow, err error) {
	follows, err := s.Follows(ctx, reader)
	if err != nil {
		return nil, err
	}
	for _, f := range follows {
		rows, err := s.db.Query(ctx, `SELECT number FROM reader_cutting WHERE follow = ?1 ORDER BY wire`, f.ID)
		if err != nil {
			return nil, fault.Internal("read what is kept", err)
		}
		k := KeptFollow{Kind: f.Kind, Name: f.Name, Language: f.Lang, Letters: f.Rhythm}
		if f.Kind == AimSearch {
			k.Query = f.Key
		}
		if k.Stories, err = db.Collect(rows, "read what is kept", func(row db.Scanner) (n int64, err error) {
			err = row.Scan(&n)
			return n, err
		}); err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	return all, nil
}

func (s *Store) keptPasses(ctx context.Context, reader string) ([]KeptPass, error) {
	rows, err := s.db.Query(ctx, `SELECT plan, kind, until FROM reader_pass WHERE reader = ?1 ORDER BY plan, kind, until`, reader)
	if err != nil {
		return nil, fault.Internal("read the passes", err)
	}
	all, err := db.Collect(rows, "read the passes", func(row db.Scanner) (p KeptPass, err error) {
		var until int64
		err = row.Scan(&p.Plan, &p.From, &until)
		p.Until = day(db.Time(until))
		return p, err
	})
	if all == nil {
		all = []KeptPass{}
	}
	return all, err
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
