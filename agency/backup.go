package agency

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/media"
)

// backupForm is the form of the file. A program refuses one that it does not
// know.
const backupForm = 1

// What a backup holds: a zip file with each table as lines of JSON, each
// picture, and the manifest, which comes last and knows the hash of the rest.
const (
	manifestName = "manifest.json"
	tableFolder  = "tables/"
	tableEnding  = ".jsonl"
	pictureDir   = "pictures/"
)

// fleeting are the tables that no backup holds: a link or a recovery code that
// was used since, or a session that was ended, would be good again, and whoever
// has the file could make codes of their secrets. Passkeys are public keys. Who
// sits at the desk now is over before anything is restored, and who was still to
// have a letter must not have it again.
var fleeting = []string{
	"person_link", "person_session", "person_challenge", "person_code", "person_recovery", "person_try",
	"reader_link", "reader_session", "reader_ask",
	"story_lock", "desk_presence", "bulletin_letter", "alert_due",
	"client_link", "client_session",
}

func isFleeting(table string) bool { return slices.Contains(fleeting, table) }

// Manifest says what a backup holds.
type Manifest struct {
	Form    int             `json:"form"`
	Version int64           `json:"version"` // of the tables
	Agency  string          `json:"agency"`
	Made    time.Time       `json:"made"`
	Wire    int64           `json:"wire"` // number of the last record
	Entries []ManifestEntry `json:"entries"`
}

// ManifestEntry is one table or picture.
type ManifestEntry struct {
	Name   string `json:"name"`
	Count  int64  `json:"count"` // rows; 1 for a picture
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Rows are how many a backup holds.
func (m Manifest) Rows() (n int64) {
	for _, e := range m.Entries {
		if !e.picture() {
			n += e.Count
		}
	}
	return n
}

// Pictures are how many a backup holds.
func (m Manifest) Pictures() (n int64) {
	for _, e := range m.Entries {
		if e.picture() {
			n++
		}
	}
	return n
}

// Backup writes the agency as of one instant to a new file, while it is served
// all the same; sign-in links and sessions are left out. Conflict when the file
// exists. The file has its name only once it is whole and on the disk.
func (a *Agency) Backup(ctx context.Context, path string) (Manifest, error) {
	if _, err := os.Stat(path); err == nil {
		return Manifest{}, fault.Conflict(path, "the file exists")
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".wireroom-backup-*")
	if err != nil {
		return Manifest{}, fault.Internal("making "+path, err)
	}
	defer os.Remove(draft.Name())
	defer draft.Close()
	m, err := a.writeBackup(ctx, draft)
	if err != nil {
		return m, err
	}
	if err := bestow(draft, path); err != nil {
		return m, fault.Internal("writing "+path, err)
	}
	return m, nil
}

// bestow gives the draft its name, but only if all of it is on the disk.
func bestow(draft *os.File, path string) error {
	if err := draft.Sync(); err != nil {
		return err
	}
	if err := draft.Close(); err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), path); err != nil {
		return err
	}
	return media.SyncFolder(filepath.Dir(path))
}

func (a *Agency) writeBackup(ctx context.Context, w io.Writer) (Manifest, error) {
	b := &packer{zip: zip.NewWriter(w), manifest: Manifest{
		Form: backupForm, Version: db.Latest(), Agency: a.house.get().Name, Made: a.now().UTC().Truncate(time.Millisecond),
	}}
	// A picture is on the disk before the first row that names it, so the rows
	// come first.
	err := a.DB.Snapshot(ctx, func(q db.Reader) error {
		if err := a.hasVersion(ctx, q, b.manifest.Version); err != nil {
			return err
		}
		if err := q.QueryRow(ctx, `SELECT number FROM wire_head WHERE id = 1`).Scan(&b.manifest.Wire); err != nil {
			return fault.Internal("reading the wire's head", err)
		}
		for _, table := range slices.DeleteFunc(a.DB.Tables(), isFleeting) {
			if err := b.table(ctx, q, table); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return b.manifest, err
	}
	err = a.Pictures.Walk(ctx, func(id string, r io.Reader) error {
		return b.entry(pictureDir+id, zip.Store, func(w io.Writer) (int64, error) {
			_, err := io.Copy(w, r)
			return 1, err
		})
	})
	if err != nil {
		return b.manifest, err
	}
	return b.manifest, b.close()
}

// hasVersion is Conflict when the tables have another version: another program
// is at work on them.
func (a *Agency) hasVersion(ctx context.Context, q db.Reader, want int64) error {
	n, err := a.DB.Version(ctx, q)
	if err == nil && n != want {
		err = fault.Conflict("the database", "its tables have version %d, not %d", n, want)
	}
	return err
}

// packer writes the zip file and keeps account of it.
type packer struct {
	zip      *zip.Writer
	manifest Manifest
}

func (p *packer) table(ctx context.Context, q db.Reader, table string) error {
	return p.entry(tableFolder+table+tableEnding, zip.Deflate, func(w io.Writer) (int64, error) {
		lines := json.NewEncoder(w)
		lines.SetEscapeHTML(false)
		row := map[string]any{}
		return eachRow(ctx, q, table, func(columns []string, values []any) error {
			for i, c := range columns {
				row[c] = values[i]
			}
			return lines.Encode(row)
		})
	})
}

// entry adds a file to the zip and to the manifest; fill says how many things
// it wrote.
func (p *packer) entry(name string, method uint16, fill func(io.Writer) (int64, error)) error {
	file, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: p.manifest.Made})
	if err != nil {
		return fault.Internal("writing "+name, err)
	}
	sum := &summer{w: file, hash: sha256.New()}
	buffer := bufio.NewWriterSize(sum, 1<<16)
	n, err := fill(buffer)
	if err = errors.Join(err, buffer.Flush()); err != nil {
		return fault.Internal("writing "+name, err)
	}
	p.manifest.Entries = append(p.manifest.Entries, ManifestEntry{name, n, sum.bytes, sum.hex()})
	return nil
}

func (p *packer) close() error {
	file, err := p.zip.Create(manifestName)
	if err != nil {
		return fault.Internal("writing the manifest", err)
	}
	lines := json.NewEncoder(file)
	lines.SetIndent("", " ")
	if err := errors.Join(lines.Encode(p.manifest), p.zip.Close()); err != nil {
		return fault.Internal("writing the manifest", err)
	}
	return nil
}

// summer hashes and counts what passes through it.
type summer struct {
	w     io.Writer
	hash  hash.Hash
	bytes int64
}

func (s *summer) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.hash.Write(p[:n])
	s.bytes += int64(n)
	return n, err
}

func (s *summer) hex() string { return hex.EncodeToString(s.hash.Sum(nil)) }

func (e ManifestEntry) check(s *summer) error {
	if s.bytes != e.Bytes || s.hex() != e.SHA256 {
		return fault.Invalid("backup", "%s is damaged", e.Name)
	}
	return nil
}
