package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// Take puts a verified export into a place whose tables have its version: the
// pictures, and then all rows in one transaction, which stands only if the
// wire's chain holds. Conflict when somebody has worked there before.
func (p *Parcel) Take(ctx context.Context, h House, o Options) error {
	err := HasVersion(ctx, h.DB, h.DB, p.Manifest.Version)
	if fault.Is(err, fault.KindConflict) {
		return fault.Conflict("the place", "it was founded by another version of the program; give a folder where there is no agency yet")
	}
	if err != nil {
		return err
	}
	if err := vacant(ctx, h.DB, h.DB); err != nil {
		return err
	}
	if err := p.takePictures(ctx, h, o); err != nil {
		return err
	}
	return h.DB.Do(ctx, func(tx *db.Tx) error { return p.takeRows(ctx, h.DB, tx, o) })
}

func (p *Parcel) takePictures(ctx context.Context, h House, o Options) error {
	n := int64(0)
	for _, f := range p.Manifest.Files {
		if !f.picture() {
			continue
		}
		if ctx.Err() != nil {
			return fault.Internal("importing the pictures", ctx.Err())
		}
		if err := p.read(f, func(r io.Reader) error { return h.Pictures.Put(f.pictureID(), r) }); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		n++
		o.tell(pictureDir, n)
	}
	return nil
}

// founded are the tables that have rows before anybody has done anything:
// once the agency is founded, or was served without a story.
var founded = []string{"masthead", "wire_head", "follower", "turn", "reader_key", "reader_change", "alert_key"}

// vacant is Conflict unless the place is empty, or founded and nothing more.
func vacant(ctx context.Context, d *db.DB, q db.Reader) error {
	tables, err := d.TablesAt(ctx, q)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if slices.Contains(founded, table) {
			continue
		}
		var n int64
		if err := q.QueryRow(ctx, "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
			return fault.Internal("looking into table "+table, err)
		}
		if n > 0 {
			return fault.Conflict("the place", "an agency is at work there (table %s has %d rows); give a folder where there is none", table, n)
		}
	}
	return nil
}

func (p *Parcel) takeRows(ctx context.Context, d *db.DB, tx *db.Tx, o Options) error {
	if err := vacant(ctx, d, tx); err != nil {
		return err
	}
	there, err := d.TablesAt(ctx, tx)
	if err != nil {
		return err
	}
	for _, table := range d.Tables() {
		t := topics()[table]
		if t == nil || t.File == "" || !slices.Contains(there, table) || t.Readers && !p.Manifest.Readers {
			continue
		}
		if err := p.takeTable(ctx, tx, t, o); err != nil {
			return err
		}
	}
	var broken *wire.Broken
	if err := wire.Sound(ctx, tx); errors.As(err, &broken) {
		return fault.Invalid("export", "%s, line %d: %s", topics()["wire_record"].name(), broken.Number, broken.Why)
	} else if err != nil {
		return err
	}
	return p.checkHead(ctx, tx)
}

// checkHead holds the wire against what the manifest tells of it.
func (p *Parcel) checkHead(ctx context.Context, tx *db.Tx) error {
	var number int64
	var hash string
	if err := tx.QueryRow(ctx, `SELECT number, hash FROM wire_head WHERE id = 1`).Scan(&number, &hash); err != nil {
		return fault.Internal("reading the wire's head", err)
	}
	if number != p.Manifest.Wire || hash != p.Manifest.Hash {
		return fault.Invalid("export", "%s, line 1: it is not the head that the manifest tells of", topics()["wire_head"].name())
	}
	return nil
}

func (p *Parcel) takeTable(ctx context.Context, tx *db.Tx, t *topic, o Options) error {
	at := slices.IndexFunc(p.Manifest.Files, func(f File) bool { return f.Name == t.name() })
	if at < 0 {
		return fault.Invalid("export", "%s is missing", t.name())
	}
	f := p.Manifest.Files[at]
	sent, left, err := t.fit(ctx, tx, f)
	if err != nil {
		return err
	}
	if slices.Contains(founded, t.Table) {
		if _, err := tx.Exec(ctx, "DELETE FROM "+t.Table); err != nil {
			return fault.Internal("making room in "+t.Table, err)
		}
	}
	b := newBatch(tx, t, sent, left)
	err = p.eachRow(ctx, f, t, func(n int64, values []any) error {
		o.tell(t.name(), n)
		return b.add(ctx, n, values)
	})
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// fit gives the columns of the lines and those that stay blank. Together they
// must be the ones that the table has in the export's version.
func (t *topic) fit(ctx context.Context, tx *db.Tx, f File) (sent, left []column, err error) {
	if sent, err = t.told(f); err != nil {
		return nil, nil, err
	}
	there, err := columnsAt(ctx, tx, t.Table)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range there {
		i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
		switch {
		case i >= 0 && t.columns[i].left:
			left = append(left, t.columns[i])
		case i < 0 || !slices.Contains(sent, t.columns[i]):
			return nil, nil, fault.Invalid("export", "%s has no field for %s, which its version of the tables keeps", f.Name, name)
		}
	}
	if len(sent)+len(left) != len(there) {
		return nil, nil, fault.Invalid("export", "%s has fields that its version of the tables does not have", f.Name)
	}
	return sent, left, nil
}

const (
	// rowsAtOnce is how many rows one statement puts in, and bytesAtOnce
	// about how many bytes of texts.
	rowsAtOnce  = 64
	bytesAtOnce = 4 << 20
)

// batch gathers rows of a table.
type batch struct {
	tx    *db.Tx
	topic *topic
	names string
	blank []any // of the columns that stay elsewhere
	args  []any
	rows  int
	bytes int
	first int64 // line
}

func newBatch(tx *db.Tx, t *topic, sent, left []column) *batch {
	b := &batch{tx: tx, topic: t}
	var names []string
	for _, c := range sent {
		names = append(names, c.name)
	}
	for _, c := range left {
		names, b.blank = append(names, c.name), append(b.blank, c.blank())
	}
	b.names = strings.Join(names, ", ")
	return b
}

func (b *batch) add(ctx context.Context, line int64, values []any) error {
	if b.rows == 0 {
		b.first = line
	}
	b.args = append(append(b.args, values...), b.blank...)
	b.rows++
	for _, v := range values {
		if s, ok := v.(string); ok {
			b.bytes += len(s)
		}
	}
	if b.rows == rowsAtOnce || b.bytes >= bytesAtOnce {
		return b.flush(ctx)
	}
	return nil
}

func (b *batch) flush(ctx context.Context) error {
	if b.rows == 0 {
		return nil
	}
	query, n := "INSERT INTO "+b.topic.Table+" ("+b.names+") VALUES ", 0
	for row := range b.rows {
		marks := make([]string, len(b.args)/b.rows)
		for i := range marks {
			n++
			marks[i] = fmt.Sprintf("?%d", n)
		}
		if row > 0 {
			query += ", "
		}
		query += "(" + strings.Join(marks, ", ") + ")"
	}
	if _, err := b.tx.Exec(ctx, query, b.args...); err != nil {
		where := fmt.Sprintf("%s, lines %d to %d", b.topic.name(), b.first, b.first+int64(b.rows)-1)
		return fault.Internal("importing "+where, err)
	}
	b.args, b.rows, b.bytes = b.args[:0], 0, 0
	return nil
}
