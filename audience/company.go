package audience

import (
	"context"
	"database/sql"
	"errors"
	"net/netip"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Company pays for seats of a plan, which its readers take.
type Company struct {
	ID       string
	Name     string
	Plan     string
	Seats    int
	Until    time.Time // the end of the last day; SaveCompany takes any time of that day
	Domain   string    // whoever proves an address of it may take a seat; "" is none
	Networks []netip.Prefix
	Address  string // as invoices have it
	Admin    string // the reader who keeps the seats; "" is none
	Wanted   int    // more seats that were asked for
	Taken    int    // seats
}

const companyColumns = `SELECT c.id, c.name, c.plan, c.seats, c.until, c.domain, c.networks, c.address, c.admin, c.wanted,
	(SELECT COUNT(*) FROM reader_pass p WHERE p.kind = 'seat' AND p.origin = c.id AND p.origin <> '') FROM company c`

func scanCompany(row db.Scanner) (Company, error) {
	var c Company
	var until int64
	var networks string
	err := row.Scan(&c.ID, &c.Name, &c.Plan, &c.Seats, &until, &c.Domain, &networks, &c.Address, &c.Admin, &c.Wanted, &c.Taken)
	if errors.Is(err, sql.ErrNoRows) {
		return Company{}, fault.NotFound("the company")
	}
	if err != nil {
		return Company{}, fault.Internal("read a company", err)
	}
	c.Until = db.Time(until)
	c.Networks, err = ReadNetworks(networks)
	return c, err
}

// ReadNetworks reads ranges such as 192.0.2.0/24 with blanks between them.
func ReadNetworks(s string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) }) {
		p, err := netip.ParsePrefix(text)
		if a, bare := netip.ParseAddr(text); bare == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil || p.Bits() < 8 {
			return nil, fault.Invalid("networks", "%.60q is no range such as 192.0.2.0/24", text)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// PrintNetworks writes what ReadNetworks reads.
func PrintNetworks(all []netip.Prefix) string {
	var texts []string
	for _, p := range all {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, " ")
}

// Companies are all companies by name.
func (s *Store) Companies(ctx context.Context) ([]Company, error) {
	rows, err := s.db.Query(ctx, companyColumns+` ORDER BY c.name, c.id`)
	if err != nil {
		return nil, fault.Internal("read the companies", err)
	}
	return db.Collect(rows, "read the companies", scanCompany)
}

// Company is one company; NotFound.
func (s *Store) Company(ctx context.Context, id string) (Company, error) {
	return scanCompany(s.db.QueryRow(ctx, companyColumns+` WHERE c.id = ?1`, id))
}

// CompanyOf is the company whose seats a reader keeps; NotFound.
func (s *Store) CompanyOf(ctx context.Context, reader string) (Company, error) {
	if reader == "" {
		return Company{}, fault.NotFound("the company")
	}
	return scanCompany(s.db.QueryRow(ctx, companyColumns+` WHERE c.admin = ?1 AND c.admin <> '' ORDER BY c.id LIMIT 1`, reader))
}

// readCompany takes a company as it was typed.
func readCompany(c Company) (Company, error) {
	c.Name, c.Address = strings.TrimSpace(c.Name), strings.TrimSpace(c.Address)
	c.Domain = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(c.Domain), "@"))
	switch {
	case c.Name == "" || len(c.Name) > 200:
		return c, fault.Invalid("name", "a company needs a name")
	case c.Plan == "":
		return c, fault.Invalid("plan", "seats open a plan")
	case c.Seats < 0 || c.Seats > 100_000:
		return c, fault.Invalid("seats", "a company has from 0 to 100,000 seats")
	case c.Until.IsZero():
		return c, fault.Invalid("until", "the seats need a day on which they end")
	case c.Domain != "" && (!strings.Contains(c.Domain, ".") || strings.ContainsAny(c.Domain, "@/: ") || len(c.Domain) > 253):
		return c, fault.Invalid("domain", "a domain is written like example.org")
	case len(c.Address) > 1000:
		return c, fault.Invalid("address", "the address is too long")
	}
	c.Until = after(c.Until, 0)
	return c, nil
}

// domainMark finds the company of an address's domain; "" of no domain.
func (s *Store) domainMark(ctx context.Context, domain string) (string, error) {
	if domain == "" {
		return "", nil
	}
	return s.mark(ctx, "domain", domain)
}

// keepCompany writes a company, and lets its seats end with it.
func keepCompany(ctx context.Context, tx *db.Tx, c Company, mark string) error {
	_, err := tx.Exec(ctx, `INSERT INTO company (id, name, plan, seats, until, domain, domain_mark, networks, address, admin, wanted)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, plan = excluded.plan, seats = excluded.seats, until = excluded.until,
		domain = excluded.domain, domain_mark = excluded.domain_mark, networks = excluded.networks, address = excluded.address,
		admin = excluded.admin, wanted = excluded.wanted`,
		c.ID, c.Name, c.Plan, c.Seats, db.Millis(c.Until), c.Domain, mark, PrintNetworks(c.Networks), c.Address, c.Admin, c.Wanted)
	if err == nil {
		_, err = tx.Exec(ctx, `UPDATE reader_pass SET until = ?2, plan = ?3 WHERE kind = 'seat' AND origin = ?1`, c.ID, db.Millis(c.Until), c.Plan)
	}
	if err != nil {
		return fault.Internal("keep a company", err)
	}
	return changed(ctx, tx)
}

// ErrNoSeat says that all seats of a company are taken.
var ErrNoSeat = fault.Conflict("the company", "all its seats are taken")

// takeSeat gives a reader a seat of a company, if one is free.
func takeSeat(ctx context.Context, tx *db.Tx, c Company, reader string) error {
	var has int
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM reader_pass WHERE kind = 'seat' AND origin = ?1 AND reader = ?2`, c.ID, reader).Scan(&has)
	if err != nil {
		return fault.Internal("look for a seat", err)
	}
	if has == 0 && c.Taken >= c.Seats {
		return ErrNoSeat
	}
	if err := give(ctx, tx, reader, Pass{c.Plan, c.Until}, Seat, c.ID); err != nil {
		return err
	}
	return changed(ctx, tx)
}

// seatByDomain seats whoever has proved an address, if a company has its domain
// and a seat is free; ErrNoSeat without one.
func seatByDomain(ctx context.Context, tx *db.Tx, mark, reader string, now time.Time) error {
	if mark == "" {
		return nil
	}
	c, err := scanCompany(tx.QueryRow(ctx, companyColumns+` WHERE c.domain_mark = ?1`, mark))
	if fault.Is(err, fault.KindNotFound) || err == nil && !now.Before(c.Until) {
		return nil
	}
	if err != nil {
		return err
	}
	return takeSeat(ctx, tx, c, reader)
}
