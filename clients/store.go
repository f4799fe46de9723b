package clients

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/netip"
	"strings"
	"time"

	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// Channel rings after a change of a client, a product or a token.
const Channel = "clients"

// Store keeps the clients.
type Store struct {
	db    *db.DB
	now   func() time.Time
	links pass.Keys
	uses  counter

	Register *register.Store // of people, places and topics, for searches; nil is none
}

// New opens the tables of the clients; now is the agency's clock.
func New(d *db.DB, now func() time.Time) *Store {
	return &Store{db: d, now: now, links: pass.Keys{DB: d, Now: now, Links: "client_link", Sessions: "client_session", Owner: "seat"}}
}

// Listen gives a bell that rings after a change of any client.
func (s *Store) Listen() (bell <-chan struct{}, stop func()) { return s.db.Listen(Channel) }

const columns = `SELECT c.id, c.name, c.starts, c.ends, c.depth, c.early, c.delay, c.rate, c.alarm, c.formats, c.brackets,
	c.networks, c.contact, c.lang, c.seats, c.wanted FROM client c`

func scan(r db.Scanner) (Client, error) {
	var c Client
	var starts, ends, delay, alarm int64
	var formats, networks string
	err := r.Scan(&c.ID, &c.Name, &starts, &ends, &c.Depth, &c.Early, &delay, &c.Rate, &alarm, &formats, &c.Brackets,
		&networks, &c.Contact, &c.Lang, &c.Seats, &c.Wanted)
	if errors.Is(err, sql.ErrNoRows) {
		return Client{}, fault.NotFound("the client")
	}
	if err != nil {
		return Client{}, fault.Internal("read a client", err)
	}
	c.Starts, c.Ends = db.Time(starts), db.Time(ends)
	c.Delay, c.Alarm = time.Duration(delay)*time.Minute, time.Duration(alarm)*time.Minute
	c.Formats = strings.Fields(formats)
	c.Networks, err = ReadNetworks(networks)
	return c, err
}

// All are all clients by name.
func (s *Store) All(ctx context.Context) ([]Client, error) {
	rows, err := s.db.Query(ctx, columns+` ORDER BY c.name, c.id`)
	if err != nil {
		return nil, fault.Internal("read the clients", err)
	}
	all, err := db.Collect(rows, "read the clients", scan)
	if err != nil {
		return nil, err
	}
	products, err := products(ctx, s.db, "")
	if err != nil {
		return nil, err
	}
	past, err := pasts(ctx, s.db, "")
	for i, c := range all {
		all[i].Products, all[i].Past = products[c.ID], past[c.ID]
	}
	return all, err
}

// Client is one client; NotFound.
func (s *Store) Client(ctx context.Context, id ID) (Client, error) { return load(ctx, s.db, id) }

func load(ctx context.Context, r db.Reader, id ID) (Client, error) {
	c, err := scan(r.QueryRow(ctx, columns+` WHERE c.id = ?1`, id))
	if err != nil {
		return Client{}, err
	}
	found, err := products(ctx, r, id)
	if err != nil {
		return Client{}, err
	}
	past, err := pasts(ctx, r, id)
	c.Products, c.Past = found[id], past[id]
	return c, err
}

// products reads the products of one client, or of all for "".
func products(ctx context.Context, r db.Reader, of ID) (map[ID][]Product, error) {
	rows, err := r.Query(ctx, `SELECT client, id, name, lets FROM client_product
		WHERE CAST(?1 AS TEXT) = '' OR client = ?1 ORDER BY client, name, id`, of)
	if err != nil {
		return nil, fault.Internal("read the products", err)
	}
	defer rows.Close()
	found := map[ID][]Product{}
	for rows.Next() {
		var id ID
		var p Product
		var lets string
		err := rows.Scan(&id, &p.ID, &p.Name, &lets)
		if err == nil {
			err = json.Unmarshal([]byte(lets), &p.Lets)
		}
		if err != nil {
			return nil, fault.Internal("read the products", err)
		}
		found[id] = append(found[id], p)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("read the products", err)
	}
	return found, nil
}

// ReadNetworks reads ranges such as 192.0.2.0/24 with blanks between them.
func ReadNetworks(s string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) }) {
		p, err := netip.ParsePrefix(text)
		if a, bare := netip.ParseAddr(text); bare == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fault.Invalid("networks", "%.60q is no range such as 192.0.2.0/24", text)
		}
		if p.Addr().Is4In6() {
			return nil, fault.Invalid("networks", "%.60q: write it as an IPv4 range", text)
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
