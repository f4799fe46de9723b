package wire

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
)

var noon = time.Date(2026, 3, 25, 12, 0, 0, 123456789, time.UTC)

func send(ctx context.Context, d *db.DB, story string) (n Number, err error) {
	err = d.Do(ctx, func(tx *db.Tx) error {
		n, err = Append(ctx, tx, noon, Entry{Story: story, Revision: "1", Release: 1, Signal: "new",
			Urgency: 4, Lang: "be", Silent: true, Payload: `{"a":"Łukašenka – «ў»"}`})
		return err
	})
	return n, err
}

func sendAll(t *testing.T, d *db.DB, stories ...string) {
	t.Helper()
	for _, s := range stories {
		if _, err := send(t.Context(), d, s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatGoesOutIsReadAsItWent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := New(d)
		sendAll(t, d, "a", "b", "c")
		all, err := w.After(t.Context(), 0, 10)
		if err != nil || len(all) != 3 {
			t.Fatalf("%d records, %v", len(all), err)
		}
		r := all[1]
		want := Entry{"b", "1", 1, "new", 4, "be", true, `{"a":"Łukašenka – «ў»"}`}
		if r.Number != 2 || r.Entry != want || !r.At.Equal(noon.Truncate(time.Millisecond)) || r.Prev != all[0].Hash {
			t.Errorf("got %+v", r)
		}
		if some, err := w.After(t.Context(), 1, 1); err != nil || len(some) != 1 || some[0].Number != 2 {
			t.Errorf("after 1, at most 1: %v, %v", some, err)
		}
		if err := w.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAnActThatFailsTakesNoNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sendAll(t, d, "a")
		no := errors.New("no")
		err := d.Do(t.Context(), func(tx *db.Tx) error {
			if _, err := Append(t.Context(), tx, noon, Entry{Story: "b"}); err != nil {
				return err
			}
			return no
		})
		if !errors.Is(err, no) {
			t.Fatal(err)
		}
		if n, err := send(t.Context(), d, "c"); n != 2 || err != nil {
			t.Errorf("the next number is %d, %v", n, err)
		}
	})
}

func TestNumbersHaveNoGapsWhileManySend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const senders, each = 8, 10
		w, ctx := New(d), t.Context()
		var sending sync.WaitGroup
		for s := range senders {
			sending.Go(func() {
				for range each {
					if _, err := send(ctx, d, fmt.Sprint("story ", s)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var seen Number
		for seen < senders*each && !t.Failed() {
			if err := w.Wait(ctx, seen); err != nil {
				t.Fatal(err)
			}
			records, err := w.After(ctx, seen, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				if r.Number != seen+1 {
					t.Fatalf("after %d a reader saw %d", seen, r.Number)
				}
				seen = r.Number
			}
		}
		sending.Wait()
		if err := w.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

func TestTheChainNamesTheRecordThatWasTouched(t *testing.T) {
	stories := []string{"a", "b", "c", "d", "e"}
	cases := []struct {
		name, sql string
		want      Number
	}{
		{"text changed", "UPDATE wire_record SET payload = 'x' WHERE number = 3", 3},
		{"time changed", "UPDATE wire_record SET at = at + 1 WHERE number = 2", 2},
		{"silence changed", "UPDATE wire_record SET silent = 0 WHERE number = 4", 4},
		{"bytes moved between fields", "UPDATE wire_record SET story = 'b1', revision = '' WHERE number = 2", 2},
		{"hash changed", "UPDATE wire_record SET hash = 'x' WHERE number = 5", 5},
		{"link changed", "UPDATE wire_record SET prev = 'x' WHERE number = 2", 2},
		{"first removed", "DELETE FROM wire_record WHERE number = 1", 1},
		{"middle removed", "DELETE FROM wire_record WHERE number = 3", 3},
		{"last removed", "DELETE FROM wire_record WHERE number = 5", 5},
		{"all removed", "DELETE FROM wire_record", 1},
		{"head turned back", "UPDATE wire_head SET number = 3", 4},
		{"head forged", "UPDATE wire_head SET hash = 'x'", 5},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		sendAll(t, d, stories...)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				undo := errors.New("undo")
				var broken *Broken
				err := d.Do(t.Context(), func(tx *db.Tx) error {
					if _, err := tx.Exec(t.Context(), c.sql); err != nil {
						return err
					}
					if err := verify(t.Context(), tx); !errors.As(err, &broken) {
						t.Errorf("verified: %v", err)
					}
					return undo
				})
				if !errors.Is(err, undo) || broken == nil || broken.Number != c.want {
					t.Errorf("want record %d named, got %v, %v", c.want, broken, err)
				}
			})
		}
		if err := New(d).Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestNoTwoRecordsHashAlike(t *testing.T) {
	base := Record{Number: 1, At: noon, Entry: Entry{Story: "ab", Revision: "c", Lang: "en"}}
	seen := map[string]bool{base.sum(): true}
	for i, change := range []func(*Record){
		func(r *Record) { r.Number = 2 },
		func(r *Record) { r.At = r.At.Add(time.Millisecond) },
		func(r *Record) { r.Story, r.Revision = "a", "bc" },
		func(r *Record) { r.Release = 1 },
		func(r *Record) { r.Signal = "kill" },
		func(r *Record) { r.Urgency = 1 },
		func(r *Record) { r.Lang, r.Payload = "", "en" },
		func(r *Record) { r.Silent = true },
		func(r *Record) { r.Payload = "x" },
		func(r *Record) { r.Prev = "x" },
	} {
		r := base
		change(&r)
		if h := r.sum(); seen[h] {
			t.Errorf("change %d does not change the hash", i)
		} else {
			seen[h] = true
		}
	}
}

// The test's own program is the one that is killed, see TestMain.
func TestNothingAcknowledgedIsLostByAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wireroom.db")
	sender := exec.Command(os.Args[0])
	sender.Env = append(os.Environ(), "WIRE_TEST_SENDER="+path)
	out, err := sender.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Start(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []int
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			t.Fatal(err)
		}
		if acknowledged = append(acknowledged, n); n == 25 {
			if err := sender.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := sender.Wait(); err == nil {
		t.Fatal("the sender ended by itself")
	}
	w := New(dbtest.Open(t, path))
	head, err := w.Head(t.Context())
	if err != nil || len(acknowledged) < 25 || int(head) < slices.Max(acknowledged) {
		t.Fatalf("acknowledged %v, the head is %d, %v", acknowledged, head, err)
	}
	if err := w.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestMain(m *testing.M) {
	if path := os.Getenv("WIRE_TEST_SENDER"); path != "" {
		fmt.Fprintln(os.Stderr, sendForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func sendForEver(path string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, path)
	if err != nil {
		return err
	}
	for {
		n, err := send(ctx, d, "story")
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}
