package intake_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/format/print"
	"wireroom/intake"
	"wireroom/wire"
)

func realData(t testing.TB, path ...string) string {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("NOT TRIED: set WIREROOM_TESTDATA to the folder of real data")
	}
	return filepath.Join(append([]string{dir}, path...)...)
}

func TestRealPage(t *testing.T) {
	file := realData(t, "seed", "pozirk-page.txt")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := found(t, d, "Pozirk", "pozirk-plus", "The material is available only to POZIRK+", "Politics", "Economy", "Security", "Society")
		r, err := a.in.Page(context.Background(), file, "en", saved, intake.Options{})
		if err != nil || r.Taken != 18 || len(r.Skipped) != 3 || len(r.Broken) != 0 {
			t.Fatalf("%+v %v", r, err)
		}
		all := a.latest()
		at := 0
		for _, l := range all[:17] {
			next := strings.Index(text, l.Headline()+l.Notice())
			if !l.Locked() || next <= at {
				t.Errorf("%q is out of order", l.Headline())
			}
			at = next
		}
		s := all[17]
		back := s.Headline() + "\n\n" + s.Dateline() + " " + strings.ReplaceAll(print.Text(s.Blocks()), "\n\n", "\n") + "\n- "
		if !s.Full() || !strings.HasPrefix(text, back) {
			t.Errorf("the story came back as\n%s", back)
		}
		again, err := a.in.Page(context.Background(), file, "en", saved, intake.Options{})
		if err != nil || again.Taken != 0 || again.Already != 18 {
			t.Errorf("again: %+v %v", again, err)
		}
	})
}

func TestRealWire(t *testing.T) {
	file := realData(t, "reuters21578", "stories.ninjs.jsonl.gz")
	a := port(t, dbtest.SQLite(t))
	var most uint64
	look := func(intake.Progress) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse+m.StackInuse)
	}
	r, err := a.in.Ninjs(context.Background(), []string{file}, intake.Options{Silent: true, Progress: look})
	if err != nil || r.Taken != 13184 || r.LostFields() != 0 || len(r.Skipped)+len(r.Broken) != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	if most > 100<<20 {
		t.Errorf("the heap grew to %d MB", most>>20)
	}
	again, err := a.in.Ninjs(context.Background(), []string{file}, intake.Options{})
	if err != nil || again.Taken != 0 || again.Already != 13184 {
		t.Errorf("again: %+v %v", again, err)
	}
	if err := wire.New(a.db).Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

func BenchmarkNinjs(b *testing.B) {
	file := realData(b, "reuters21578", "stories.ninjs.jsonl.gz")
	t := &testing.T{}
	n := 0
	for b.Loop() {
		b.StopTimer()
		a := port(t, dbtest.SQLite(b))
		b.StartTimer()
		r, err := a.in.Ninjs(context.Background(), []string{file}, intake.Options{Silent: true})
		if err != nil {
			b.Fatal(err)
		}
		n += r.Taken
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "stories/s")
}
