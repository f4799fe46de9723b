package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/media"
)

// House is what is written out, or filled.
type House struct {
	DB       *db.DB
	Pictures *media.Store
}

// Options are what an export can be told.
type Options struct {
	Readers bool                            // take what is known of readers along
	Tell    func(file string, things int64) // hears how far it has come; nil is nobody
}

// tellEvery is after how many lines or pictures Tell hears of them.
const tellEvery = 1000

func (o Options) tell(file string, n int64) {
	if o.Tell != nil && n%tellEvery == 0 {
		o.Tell(file, n)
	}
}

// epoch is the time of each file in the zip: there must be one, and the same
// agency gives the same bytes.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes the agency as of one instant to w, as a zip file, while it is
// served all the same.
func Write(ctx context.Context, h House, w io.Writer, o Options) (Manifest, error) {
	p := &packer{zip: zip.NewWriter(w), house: h, opt: o, manifest: Manifest{Form: Form, Version: db.Latest(), Readers: o.Readers}}
	// A picture is on the disk before the first row that names it, so the rows
	// come first.
	err := h.DB.Snapshot(ctx, func(q db.Reader) error { return p.rows(ctx, q) })
	if err == nil {
		err = p.pictures(ctx)
	}
	if err == nil {
		err = p.close()
	}
	return p.manifest, err
}

// packer writes the zip file and keeps account of it.
type packer struct {
	zip      *zip.Writer
	house    House
	opt      Options
	manifest Manifest
}

func (p *packer) rows(ctx context.Context, q db.Reader) error {
	if err := HasVersion(ctx, p.house.DB, q, p.manifest.Version); err != nil {
		return err
	}
	if err := Declared(ctx, p.house.DB, q); err != nil {
		return err
	}
	m, err := masthead.Read(ctx, q)
	if err != nil {
		return err
	}
	p.manifest.Agency = m.Name
	if err := q.QueryRow(ctx, `SELECT number, hash FROM wire_head WHERE id = 1`).Scan(&p.manifest.Wire, &p.manifest.Hash); err != nil {
		return fault.Internal("reading the wire's head", err)
	}
	if err := p.readme(); err != nil {
		return err
	}
	for _, table := range p.house.DB.Tables() {
		t := topics()[table]
		if t.File == "" || t.Readers && !p.opt.Readers {
			continue
		}
		if err := p.table(ctx, q, t); err != nil {
			return err
		}
	}
	return p.news(ctx, q, m)
}

// HasVersion is Conflict when the tables have another version: another program
// is at work on them.
func HasVersion(ctx context.Context, d *db.DB, q db.Reader, want int64) error {
	n, err := d.Version(ctx, q)
	if err == nil && n != want {
		err = fault.Conflict("the database", "its tables have version %d, not %d", n, want)
	}
	return err
}

func (p *packer) table(ctx context.Context, q db.Reader, t *topic) error {
	err := p.file(t.name(), zip.Deflate, func(w io.Writer) (int64, error) {
		rows, err := q.Query(ctx, t.query(p.house.DB))
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		sent := t.sent()
		values, into := make([]any, len(sent)), make([]any, len(sent))
		for i := range values {
			into[i] = &values[i]
		}
		var line bytes.Buffer
		var n int64
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return n, err
			}
			for i, v := range values {
				if b, ok := v.([]byte); ok {
					values[i] = string(b)
				}
			}
			n++
			if err := t.write(&line, sent, values); err != nil {
				return n, fmt.Errorf("line %d: %w", n, err)
			}
			if _, err := w.Write(line.Bytes()); err != nil {
				return n, err
			}
			p.opt.tell(t.name(), n)
		}
		return n, rows.Err()
	})
	if err == nil {
		p.manifest.Files[len(p.manifest.Files)-1].Fields = t.fields()
	}
	return err
}

// query asks for the rows in the order of their lines.
func (t *topic) query(d *db.DB) string {
	var names, order []string
	for _, c := range t.sent() {
		names = append(names, c.name)
	}
	for _, c := range t.key {
		if c.byText() {
			order = append(order, d.Bytewise(c.name))
		} else {
			order = append(order, c.name)
		}
	}
	chosen := ""
	if t.Only != "" {
		chosen = " WHERE " + t.Only
	}
	return "SELECT " + strings.Join(names, ", ") + " FROM " + t.Table + chosen + " ORDER BY " + strings.Join(order, ", ")
}

func (p *packer) pictures(ctx context.Context) error {
	var n int64
	return p.house.Pictures.Walk(ctx, func(id string, r io.Reader) error {
		n++
		p.opt.tell(pictureDir, n)
		ext, err := pictureEnding(p.house.Pictures, id)
		if err != nil {
			return err
		}
		return p.file(pictureDir+id+ext, zip.Store, func(w io.Writer) (int64, error) {
			_, err := io.Copy(w, r)
			return 0, err
		})
	})
}

// pictureEnding is how a picture's file is named, so that other programs know
// what it is.
func pictureEnding(pictures *media.Store, id string) (string, error) {
	f, kind, err := pictures.Open(id, 0)
	if err != nil {
		return "", err
	}
	if kind == "image/png" {
		return ".png", f.Close()
	}
	return ".jpg", f.Close()
}

// file adds a file to the zip and to the manifest; fill says how many lines it
// wrote.
func (p *packer) file(name string, method uint16, fill func(io.Writer) (int64, error)) error {
	entry, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: epoch})
	if err != nil {
		return fault.Internal("writing "+name, err)
	}
	sum := newSummer(entry)
	buffer := bufio.NewWriterSize(sum, 1<<16)
	n, err := fill(buffer)
	if err = errors.Join(err, buffer.Flush()); err != nil {
		return fault.Internal("writing "+name, err)
	}
	p.manifest.Files = append(p.manifest.Files, File{Name: name, Lines: n, Bytes: sum.bytes, SHA256: sum.hex()})
	return nil
}

func (p *packer) close() error {
	entry, err := p.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: epoch})
	if err != nil {
		return fault.Internal("writing the manifest", err)
	}
	e := json.NewEncoder(entry)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := errors.Join(e.Encode(p.manifest), p.zip.Close()); err != nil {
		return fault.Internal("writing the manifest", err)
	}
	return nil
}
