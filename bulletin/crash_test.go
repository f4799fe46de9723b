package bulletin_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
)

// A child of the test composes and sends in a process of its own, which the
// test kills. The variables tell it where.
const (
	childDB      = "WIREROOM_TEST_BULLETIN_DB"
	childKey     = "WIREROOM_TEST_BULLETIN_KEY"
	childCarrier = "WIREROOM_TEST_BULLETIN_CARRIER"
	childNow     = "WIREROOM_TEST_BULLETIN_NOW"
)

func TestMain(m *testing.M) {
	if os.Getenv(childDB) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child is the program: it composes what is due and sends it, saying each step.
func child() error {
	ctx := context.Background()
	d, err := db.Open(ctx, os.Getenv(childDB))
	if err != nil {
		return err
	}
	defer d.Close()
	now, err := time.Parse(time.RFC3339, os.Getenv(childNow))
	if err != nil {
		return err
	}
	n := &newsroom{TB: fatal{}, ctx: ctx, db: d, now: now}
	n.opens(os.Getenv(childKey), os.Getenv(childCarrier))
	step := func(name string) { fmt.Println(name) }
	step("begun")
	if err := n.letters.Compose(ctx); err != nil {
		return err
	}
	step("composed")
	all, err := n.letters.Issues(ctx, "morning-en", 10)
	if err != nil {
		return err
	}
	s := n.sender()
	s.Lines = 2
	for _, i := range all {
		if err := s.Send(ctx, i.Number); err != nil {
			return err
		}
	}
	step("sent")
	return nil
}

// fatal stands for the test in the child.
type fatal struct{ testing.TB }

func (fatal) Helper()           {}
func (fatal) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// crashReaders are few enough to kill the program at each of their letters.
const crashReaders = 6

// TestACrashLosesNoLetterAndRepeatsOneOfEachLine kills the program with
// SIGKILL at each step of an issue: before and after it is composed, and at
// each step of each letter as the carrier sees it. Whatever the step, after a
// start anew everybody has each issue, and what came twice is the same letter.
func TestACrashLosesNoLetterAndRepeatsOneOfEachLine(t *testing.T) {
	kills := []struct {
		step string
		nth  int
	}{{"begun", 1}, {"composed", 1}, {"from", 1}, {"to", 2}, {"data", 1}, {"data", 3}, {"taken", 1}, {"taken", 2}, {"taken", 4}, {"taken", crashReaders}, {"sent", 1}}
	places := map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "wireroom.db") },
		"postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	}
	for engine, place := range places {
		for _, kill := range kills {
			t.Run(fmt.Sprint(engine, " ", kill.step, kill.nth), func(t *testing.T) { crashes(t, place(t), kill.step, kill.nth) })
		}
	}
}

func crashes(t *testing.T, place, step string, nth int) {
	d := dbtest.Open(t, place)
	n := open(t, d)
	key := filepath.Join(t.TempDir(), "key")
	n.opens(key, n.box.Addr)
	n.bulletin("morning-en", nil)
	for i := range crashReaders {
		n.reader(fmt.Sprintf("reader%d@%d.example", i, i%2), "morning-en")
	}
	n.sends("First", nil)
	n.sends("Second", nil)
	n.morning()

	run := func(kill func(*os.Process, string)) {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childDB+"="+place, childKey+"="+key, childCarrier+"="+n.box.Addr, childNow+"="+n.now.Format(time.RFC3339))
		c.Stderr = os.Stderr
		out, err := c.StdoutPipe()
		n.ok(err)
		n.ok(c.Start())
		// The carrier holds the line up while it asks, so the kill comes in
		// the middle of the step.
		n.box.Step = func(at string) { kill(c.Process, at) }
		for lines := bufio.NewScanner(out); lines.Scan(); {
			kill(c.Process, lines.Text())
		}
		_ = c.Wait() // it was killed, or it is done
	}
	var mu sync.Mutex
	seen, killed := 0, false
	run(func(p *os.Process, at string) {
		mu.Lock()
		defer mu.Unlock()
		if at != step || killed {
			return
		}
		if seen++; seen == nth {
			killed = true
			n.ok(p.Kill())
		}
	})
	if !killed {
		t.Fatalf("the step %s never came the %d. time", step, nth)
	}
	n.now = n.now.Add(time.Minute) // the hold of the one that died runs out
	run(func(*os.Process, string) {})

	all, repeats := n.received(), 0
	for i := range crashReaders {
		who := fmt.Sprintf("reader%d@%d.example", i, i%2)
		letters := all[who]
		if len(letters) == 0 {
			t.Errorf("%s has no letter", who)
			continue
		}
		repeats += len(letters) - 1
		for _, l := range letters[1:] {
			if string(l.Raw) != string(letters[0].Raw) || len(letters) > 2 {
				t.Errorf("%s has %d letters, or another", who, len(letters))
			}
		}
	}
	if lines := 2; repeats > lines {
		t.Errorf("%d letters came twice over %d lines", repeats, lines)
	}
	issues, err := n.letters.Issues(n.ctx, "morning-en", 10)
	n.ok(err)
	if len(issues) != 1 || issues[0].Done.IsZero() || issues[0].Waiting != 0 {
		t.Errorf("the issues are %+v", issues)
	}
}
