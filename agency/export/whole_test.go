package export

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/wire"
)

// at is when the wire of the test's agency went out.
var at = time.Date(2026, 11, 29, 20, 0, 0, 123e6, time.UTC)

func place(t testing.TB, d *db.DB) House {
	t.Helper()
	return House{DB: d, Pictures: media.New(filepath.Join(t.TempDir(), "pictures"))}
}

// staged is an agency with a wire of three records, a picture and two rows in
// every other table.
func staged(t testing.TB, d *db.DB) House {
	t.Helper()
	ctx := context.Background()
	h := place(t, d)
	if err := masthead.New(d).Found(ctx, masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en"}, ZoneName: "UTC", Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewRGBA(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Pictures.Add(&dot); err != nil {
		t.Fatal(err)
	}
	err := d.Do(ctx, func(tx *db.Tx) error {
		for n := range 3 {
			e := wire.Entry{Story: fmt.Sprint("w", n), Revision: "1", Release: 1, Signal: "new", Urgency: 4, Lang: "en", Payload: `{"sum":"<&>"}`}
			if _, err := wire.Append(ctx, tx, at.Add(time.Duration(n)*time.Second), e); err != nil {
				return err
			}
		}
		for _, table := range d.Tables() {
			if table == "masthead" || table == "wire_head" || table == "wire_record" {
				continue
			}
			for n := range 2 {
				if err := stage(ctx, tx, table, n+1); err != nil {
					return fmt.Errorf("%s: %w", table, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// stage puts a row into a table. Its values are the same in each table, so that
// whatever refers to another row finds it; texts that stay here are secrets.
func stage(ctx context.Context, tx *db.Tx, table string, n int) error {
	rows, err := tx.Query(ctx, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return err
	}
	defer rows.Close()
	kinds, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	rows.Close()
	names, args, marks := make([]string, len(kinds)), make([]any, len(kinds)), make([]string, len(kinds))
	for i, k := range kinds {
		names[i], marks[i], args[i] = k.Name(), fmt.Sprintf("?%d", i+1), any(fmt.Sprint("v", n))
		if strings.Contains(k.DatabaseTypeName(), "INT") {
			args[i] = n
		}
		t := topics()[table]
		if at := slices.IndexFunc(t.columns, func(c column) bool { return c.name == names[i] }); at >= 0 {
			args[i] = stagedAs(t.columns[at], args[i], n)
		} else if t.File == "" && !strings.HasPrefix(names[i], "person") && args[i] != n && !refers(names[i]) {
			args[i] = fmt.Sprint("hidden", n)
		}
	}
	_, err = tx.Exec(ctx, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...)
	return err
}

// refers is whether a column of a table that stays names a row of another.
func refers(name string) bool {
	return slices.Contains([]string{"story", "reader", "seat", "issue"}, name)
}

func stagedAs(c column, usual any, n int) any {
	switch {
	case c.left && c.byText():
		return "hidden"
	case c.kind == tree:
		return []string{`{"words":"«навіна» <b> 😀","n":[1, 2]}`, "{\n}"}[n-1]
	}
	return usual
}

func written(t testing.TB, h House, readers bool) []byte {
	t.Helper()
	var b bytes.Buffer
	m, err := Write(context.Background(), h, &b, Options{Readers: readers})
	if err != nil {
		t.Fatal(err)
	}
	if m.Wire != 3 || m.Agency != "Pozirk" || m.Pictures() != 1 {
		t.Fatalf("the manifest tells of %+v", m)
	}
	return b.Bytes()
}

func opened(t testing.TB, data []byte) *Parcel {
	t.Helper()
	p, err := read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// taken is a new place that was filled by the export.
func taken(t testing.TB, data []byte, d *db.DB) House {
	t.Helper()
	ctx := context.Background()
	h, p := place(t, d), opened(t, data)
	if err := p.Verify(ctx, Options{}); err != nil {
		t.Fatal(err)
	}
	if err := p.Take(ctx, h, Options{}); err != nil {
		t.Fatal(err)
	}
	return h
}

// unzipped is all that stands in an export, by name.
func unzipped(t testing.TB, data []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestAnExportThatWasTakenInIsWrittenOutAgainToTheByte(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := staged(t, d)
		for _, readers := range []bool{false, true} {
			first := written(t, h, readers)
			if !bytes.Equal(first, written(t, h, readers)) {
				t.Error("the same agency gives other bytes")
			}
			if again := written(t, taken(t, first, dbtest.SQLite(t)), readers); !bytes.Equal(first, again) {
				was, is := unzipped(t, first), unzipped(t, again)
				for name := range was {
					if was[name] != is[name] {
						t.Errorf("%s was\n%s\nand is\n%s", name, was[name], is[name])
					}
				}
			}
		}
	})
}

// The tables themselves are compared, without a word of what writes them out.
func TestEveryTableThatGoesOutIsTheSameWhereItIsTakenIn(t *testing.T) {
	h := staged(t, dbtest.SQLite(t))
	data := written(t, h, true)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		again := taken(t, data, d)
		for _, table := range d.Tables() {
			was, is := dump(t, h.DB, table), dump(t, again.DB, table)
			switch top := topics()[table]; {
			case top.File == "" && len(is) > 0:
				t.Errorf("%s has %q", table, is)
			case top.File != "" && len(was) == 0:
				t.Errorf("%s was not tried", table)
			case top.File != "" && !slices.Equal(was, is):
				t.Errorf("%s had\n%q\nand has\n%q", table, was, is)
			}
		}
	})
}

// dump is each row of a table with the columns that go out, in any one order.
func dump(t *testing.T, d *db.DB, table string) (all []string) {
	t.Helper()
	names := "*"
	var some []string
	for _, c := range topics()[table].sent() {
		some = append(some, c.name)
	}
	if len(some) > 0 {
		names = strings.Join(some, ", ")
	}
	rows, err := d.Query(t.Context(), "SELECT "+names+" FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		line := ""
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			line += fmt.Sprintf("%s=%v ", columns[i], v)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func TestNoSecretAndUnaskedNoReaderGoesOut(t *testing.T) {
	h := staged(t, dbtest.SQLite(t))
	for _, readers := range []bool{false, true} {
		found := false
		for name, text := range unzipped(t, written(t, h, readers)) {
			if strings.HasSuffix(name, lineEnding) && strings.Contains(text, `"hidden`) {
				t.Errorf("%s holds a secret:\n%s", name, text)
			}
			found = found || strings.HasPrefix(name, "readers/")
		}
		if found != readers {
			t.Errorf("asked for readers: %v, and there are: %v", readers, found)
		}
	}
}

func TestAFollowerOfOneMachineStaysThere(t *testing.T) {
	d := dbtest.SQLite(t)
	h := staged(t, d)
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE follower SET name = 'site@here' WHERE name = 'v2'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all := unzipped(t, written(t, h, false))["wire/followers.jsonl"]
	if strings.Count(all, "\n") != 1 || !strings.Contains(all, `"v1"`) {
		t.Errorf("there are\n%s", all)
	}
}
