package clients

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Manager keeps the clients for one of the staff. What they do stands in the
// list of acts.
type Manager struct {
	*Store
	staff *staff.Store
	by    staff.Person
}

// Manager lets those in whose trade it is; Forbidden.
func (s *Store) Manager(people *staff.Store, by staff.Person) (*Manager, error) {
	if err := staff.May(by, staff.ActClients, by); err != nil {
		return nil, err
	}
	return &Manager{s, people, by}, nil
}

// act does something and notes it, or neither, and wakes whoever serves clients.
func (m *Manager) act(ctx context.Context, act staff.Act, note string, work func(*db.Tx) error) error {
	return m.db.Do(ctx, func(tx *db.Tx) error {
		if err := work(tx); err != nil {
			return err
		}
		tx.Notify(Channel)
		return m.staff.NoteWith(ctx, tx, m.by, act, note)
	})
}

// Save keeps a client, but not its products; without an ID it is a new one.
func (m *Manager) Save(ctx context.Context, c Client) (Client, error) {
	c, err := c.checked()
	if err != nil {
		return c, err
	}
	if c.ID == "" {
		c.ID = ID(db.NewID())
	}
	return c, m.alter(ctx, c.ID, staff.DidSaveClient, c.Name, func(tx *db.Tx) error {
		var others int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client WHERE name = ?1 AND id <> ?2`, c.Name, c.ID).Scan(&others)
		if err != nil {
			return fault.Internal("keep a client", err)
		}
		if others > 0 {
			return fault.Invalid("name", "another client has this name")
		}
		return keep(ctx, tx, c)
	})
}

func keep(ctx context.Context, tx *db.Tx, c Client) error {
	_, err := tx.Exec(ctx, `INSERT INTO client (id, name, starts, ends, depth, early, delay, rate, alarm, formats, brackets,
			networks, contact, lang)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
		ON CONFLICT (id) DO UPDATE SET name = ?2, starts = ?3, ends = ?4, depth = ?5, early = ?6, delay = ?7, rate = ?8,
			alarm = ?9, formats = ?10, brackets = ?11, networks = ?12, contact = ?13, lang = ?14`,
		c.ID, c.Name, c.Starts, c.Ends, c.Depth, c.Early, int64(c.Delay/time.Minute), c.Rate, int64(c.Alarm/time.Minute),
		strings.Join(c.Formats, " "), c.Brackets, PrintNetworks(c.Networks), c.Contact, c.Lang)
	if err != nil {
		return fault.Internal("keep a client", err)
	}
	return nil
}

// SaveProduct keeps a product of a client; without an ID it is a new one.
func (m *Manager) SaveProduct(ctx context.Context, of ID, p Product) (Product, error) {
	p, err := p.checked()
	if err != nil {
		return p, err
	}
	c, err := m.Client(ctx, of)
	if err != nil {
		return p, err
	}
	if p.ID == "" && len(c.Products) >= maxProducts {
		return p, fault.Invalid("product", "a client has at most %d products", maxProducts)
	}
	lets, err := json.Marshal(p.Lets)
	if err != nil {
		return p, fault.Internal("keep a product", err)
	}
	return p, m.alter(ctx, of, staff.DidSaveProduct, c.Name+": "+p.Name, func(tx *db.Tx) error {
		if p.ID == "" {
			p.ID = db.NewID()
			_, err = tx.Exec(ctx, `INSERT INTO client_product (id, client, name, lets) VALUES (?1, ?2, ?3, ?4)`, p.ID, of, p.Name, lets)
			return internal("keep a product", err)
		}
		return one(tx.Exec(ctx, `UPDATE client_product SET name = ?3, lets = ?4 WHERE id = ?1 AND client = ?2`, p.ID, of, p.Name, lets))("the product")
	})
}

// DropProduct takes a product from a client.
func (m *Manager) DropProduct(ctx context.Context, of ID, product string) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	return m.alter(ctx, of, staff.DidDropProduct, c.Name, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `DELETE FROM client_product WHERE id = ?1 AND client = ?2`, product, of))("the product")
	})
}

// changed is what a statement tells of the rows it changed.
type changed interface{ RowsAffected() (int64, error) }

// one makes a statement that should have changed a row NotFound if it did not.
func one(done changed, err error) func(what string) error {
	return func(what string) error {
		if err != nil {
			return fault.Internal("change "+what, err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fault.Internal("change "+what, err)
		}
		if n == 0 {
			return fault.NotFound(what)
		}
		return nil
	}
}

func internal(what string, err error) error {
	if err != nil {
		return fault.Internal(what, err)
	}
	return nil
}
