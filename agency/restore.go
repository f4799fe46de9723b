package agency

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

func (e ManifestEntry) picture() bool { return strings.HasPrefix(e.Name, pictureDir) }

// table is the name of the entry's table.
func (e ManifestEntry) table() string {
	return strings.TrimSuffix(strings.TrimPrefix(e.Name, tableFolder), tableEnding)
}

// Restore puts a backup into an empty place, on either engine. The file is read
// to its end and held against its manifest before anything is written; the rows
// come in by one transaction, after the pictures, so that a restore that was
// cut off can be run again. They come into the tables of their time, which are
// brought up to date then. Everybody has to sign in anew. Conflict when the
// place is not empty.
func Restore(ctx context.Context, c Config, path string) (m Manifest, err error) {
	file, err := zip.OpenReader(path)
	if errors.Is(err, os.ErrNotExist) {
		return m, fault.NotFound("the backup " + path)
	}
	if err != nil {
		return m, fault.Invalid("backup", "%s is no backup: %v", path, err)
	}
	defer file.Close()
	p := unpacker{&file.Reader}
	if m, err = p.verify(); err != nil {
		return m, err
	}
	a, err := assemble(ctx, c, Options{tables: m.Version})
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.vacant(ctx, a.DB); err != nil {
		return m, err
	}
	if err := a.checkForm(ctx, m); err != nil {
		return m, err
	}
	if err := a.restorePictures(ctx, p, m); err != nil {
		return m, err
	}
	if err := a.restoreTables(ctx, p, m); err != nil {
		return m, err
	}
	if err := a.DB.Upgrade(ctx); err != nil {
		return m, err
	}
	if err := a.Wire.Verify(ctx); err != nil {
		return m, err
	}
	return m, c.writeFile()
}

// unpacker reads the zip file.
type unpacker struct{ zip *zip.Reader }

// verify reads the manifest and holds everything else against it.
func (p unpacker) verify() (m Manifest, err error) {
	f, err := p.zip.Open(manifestName)
	if err != nil {
		return m, fault.Invalid("backup", "it has no manifest")
	}
	defer f.Close()
	if err := json.NewDecoder(f).Decode(&m); err != nil {
		return m, fault.Invalid("backup", "its manifest cannot be read: %v", err)
	}
	if m.Form != backupForm {
		return m, fault.Invalid("backup", "it has form %d, and this program knows %d", m.Form, backupForm)
	}
	if m.Version < 1 {
		return m, fault.Invalid("backup", "it does not say which version its tables have")
	}
	if m.Version > db.Latest() {
		return m, fault.Invalid("backup", "its tables have version %d, and this program knows %d; restore it by a newer one", m.Version, db.Latest())
	}
	for _, e := range m.Entries {
		if err := p.read(e, func(io.Reader) error { return nil }); err != nil {
			return m, err
		}
	}
	return m, nil
}

// read gives an entry to use and then holds all of it against the manifest.
func (p unpacker) read(e ManifestEntry, use func(io.Reader) error) error {
	f, err := p.zip.Open(e.Name)
	if err != nil {
		return fault.Invalid("backup", "%s is missing", e.Name)
	}
	defer f.Close()
	sum := &summer{w: io.Discard, hash: sha256.New()}
	r := io.TeeReader(f, sum)
	if err := use(r); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return fault.Invalid("backup", "%s is damaged: %v", e.Name, err)
	}
	return e.check(sum)
}

// checkForm refuses a backup that has not exactly the tables of its version.
func (a *Agency) checkForm(ctx context.Context, m Manifest) error {
	if err := a.hasVersion(ctx, a.DB, m.Version); err != nil {
		return err
	}
	ours, err := a.DB.TablesAt(ctx, a.DB)
	if err != nil {
		return err
	}
	ours = slices.DeleteFunc(ours, isFleeting)
	var theirs []string
	for _, e := range m.tables() {
		theirs = append(theirs, e.table())
	}
	slices.Sort(theirs)
	if !slices.Equal(ours, theirs) {
		return fault.Invalid("backup", "it has the tables %s; version %d has %s",
			strings.Join(theirs, ", "), m.Version, strings.Join(ours, ", "))
	}
	return nil
}

// tables are the entries of tables, in the order in which they can be put back.
func (m Manifest) tables() []ManifestEntry {
	return slices.DeleteFunc(slices.Clone(m.Entries), ManifestEntry.picture)
}

// vacant is whether nothing was ever written here.
func (a *Agency) vacant(ctx context.Context, q db.Reader) error {
	tables, err := a.DB.TablesAt(ctx, q)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if table == "wire_head" {
			continue // has its row from the start
		}
		var n int64
		if err := q.QueryRow(ctx, "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
			return fault.Internal("looking into table "+table, err)
		}
		if n > 0 {
			return fault.Conflict("the place", "it is not empty: table %s has %d rows", table, n)
		}
	}
	return nil
}

func (a *Agency) restorePictures(ctx context.Context, p unpacker, m Manifest) error {
	for _, e := range m.Entries {
		if !e.picture() {
			continue
		}
		if ctx.Err() != nil {
			return fault.Internal("restoring the pictures", ctx.Err())
		}
		id := strings.TrimPrefix(e.Name, pictureDir)
		if err := p.read(e, func(r io.Reader) error { return a.Pictures.Put(id, r) }); err != nil {
			return err
		}
	}
	return nil
}

func (a *Agency) restoreTables(ctx context.Context, p unpacker, m Manifest) error {
	return a.DB.Do(ctx, func(tx *db.Tx) error {
		if err := a.vacant(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM wire_head`); err != nil {
			return fault.Internal("making room", err)
		}
		for _, e := range m.tables() {
			err := p.read(e, func(r io.Reader) error { return putRows(ctx, tx, e.table(), r) })
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// putRows puts lines of JSON back into their table.
func putRows(ctx context.Context, tx *db.Tx, table string, r io.Reader) error {
	lines := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	lines.UseNumber()
	for n := 1; ; n++ {
		var row map[string]any
		err := lines.Decode(&row)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = putRow(ctx, tx, table, row)
		}
		if err != nil {
			return fault.Internal(fmt.Sprintf("restoring row %d of %s", n, table), err)
		}
	}
}

func putRow(ctx context.Context, tx *db.Tx, table string, row map[string]any) error {
	// In one order, so that each table has one statement.
	names := slices.Sorted(maps.Keys(row))
	args, marks := make([]any, len(names)), make([]string, len(names))
	for i, name := range names {
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
			return fmt.Errorf("%q is no column", name)
		}
		args[i], marks[i] = row[name], fmt.Sprintf("?%d", i+1)
		if number, ok := row[name].(json.Number); ok {
			n, err := number.Int64()
			if err != nil {
				return fmt.Errorf("column %s: %w", name, err)
			}
			args[i] = n
		}
	}
	_, err := tx.Exec(ctx, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...)
	return err
}
