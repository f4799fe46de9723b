package export

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/media"
)

// takesAlone names the folder in which a process of its own takes an export in.
const takesAlone = "WIREROOM_TAKES_AN_EXPORT_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(takesAlone); dir != "" {
		if err := takeAlone(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// takeAlone prints a line for each step, and goes on when it is told to.
func takeAlone(dir string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(dir, "wireroom.db"))
	if err != nil {
		return err
	}
	p, err := Open(filepath.Join(dir, "export.zip"))
	if err != nil {
		return err
	}
	h := House{DB: d, Pictures: media.New(filepath.Join(dir, "pictures"))}
	defer p.Close()
	return p.Take(ctx, h, Options{Tell: func(file string, n int64) {
		fmt.Println(file, n)
		_, _ = os.Stdin.Read(make([]byte, 1))
	}})
}

func TestAnImportThatIsKilledKeepsNoRowAndCanBeRunAgain(t *testing.T) {
	ctx := t.Context()
	h := staged(t, dbtest.SQLite(t))
	err := h.DB.Do(ctx, func(tx *db.Tx) error {
		for n := range 4 * tellEvery {
			if _, err := tx.Exec(ctx, `INSERT INTO story_day (day, lang, number, reads, readers) VALUES ('2026-11-29', 'en', ?1, 10, 10)`, n+10); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	data := written(t, h, true)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "export.zip"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	for steps := 1; steps <= 4; steps++ {
		killedAfter(t, dir, steps)
		d, err := db.Open(ctx, filepath.Join(dir, "wireroom.db"))
		if err != nil {
			t.Fatal(err)
		}
		if err := vacant(ctx, d, d); err != nil {
			t.Errorf("after %d steps: %v", steps, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	again := House{DB: dbtest.Open(t, filepath.Join(dir, "wireroom.db")), Pictures: media.New(filepath.Join(dir, "pictures"))}
	if err := takes(t, data, again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, written(t, again, true)) {
		t.Error("in the end it is another")
	}
}

// killedAfter has a process take the export in, and kills it when it has told
// of so many steps.
func killedAfter(t *testing.T, dir string, steps int) {
	t.Helper()
	alone := exec.Command(os.Args[0])
	alone.Env = append(os.Environ(), takesAlone+"="+dir)
	said, err := alone.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	goOn, err := alone.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := alone.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	for step := range steps {
		if !lines.Scan() {
			t.Fatal("it ended before it was killed")
		}
		if step < steps-1 {
			if _, err := goOn.Write([]byte{1}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := alone.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = alone.Wait()
}
