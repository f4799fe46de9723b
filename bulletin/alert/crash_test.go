package alert_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"wireroom/bulletin/alert"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/story"
	"wireroom/wire"
)

// The test runs itself once more as the program that is killed: these say over
// which database, by which key, at what hour, and at which step it kills itself.
const (
	crashDB  = "WIREROOM_CRASH_DB"
	crashKey = "WIREROOM_CRASH_KEY"
	crashNow = "WIREROOM_CRASH_NOW"
	crashAt  = "WIREROOM_CRASH_AT"
)

// Of so many readers so many are rung at once.
const (
	crashReaders = 6
	crashLines   = 2
)

// TestRingingUntilTheKill is no test but the program that is killed.
func TestRingingUntilTheKill(t *testing.T) {
	at := os.Getenv(crashAt)
	if at == "" {
		return
	}
	now, err := time.Parse(time.RFC3339Nano, os.Getenv(crashNow))
	if err != nil {
		t.Fatal(err)
	}
	n := &newsroom{T: t, ctx: t.Context(), db: dbtest.Open(t, os.Getenv(crashDB)), instant: now, carrier: carrier(t)}
	n.opens(os.Getenv(crashKey))
	step, left, _ := strings.Cut(at, " ")
	times, _ := strconv.Atoi(left)
	var mu sync.Mutex
	n.sender.Lines = crashLines
	n.sender.Steps(func(here string) {
		mu.Lock()
		defer mu.Unlock()
		if here != step {
			return
		}
		if times--; times == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	n.sender.Run(t.Context(), func(err error) { t.Log(err) })
}

// killed runs the program until it has killed itself.
func (n *newsroom) killed(url, key, at string) {
	n.Helper()
	ctx, cancel := context.WithTimeout(n.ctx, time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestRingingUntilTheKill$")
	c.Env = append(os.Environ(), crashDB+"="+url, crashKey+"="+key, crashNow+"="+n.now().Format(time.RFC3339Nano), crashAt+"="+at)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	if ctx.Err() != nil || c.ProcessState == nil || c.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		n.Fatalf("it did not kill itself at %s: %v\n%s", at, err, out.String())
	}
}

// TestACrashLosesNoAlertAndRepeatsOneOfEachLine kills the program with SIGKILL
// at each step of telling readers of a story, of its correction and of its kill.
// Whatever the step, after a start anew each browser has each, and what came
// twice is the same, so that it takes its own place on the screen.
func TestACrashLosesNoAlertAndRepeatsOneOfEachLine(t *testing.T) {
	places := map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "wireroom.db") },
		"postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	}
	for engine, place := range places {
		for kind, steps := range map[string][]string{
			"news":       {"record 1", "due 1", "request 1", "request 4", "answer 1", "answer 4", "noted 1", "noted 2"},
			"correction": {"due 1", "answer 1", "noted 2"}, "withdrawal": {"due 1", "answer 4", "noted 1"},
		} {
			for _, at := range steps {
				t.Run(engine+" "+kind+" "+at, func(t *testing.T) { crashes(t, place(t), kind, at) })
			}
		}
	}
}

func crashes(t *testing.T, url, kind, at string) {
	n := &newsroom{T: t, ctx: t.Context(), db: dbtest.Open(t, url), instant: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), carrier: carrier(t)}
	n.ok(masthead.New(n.db).Found(n.ctx, house()))
	key := filepath.Join(t.TempDir(), "readers.key")
	n.opens(key)
	n.ok(n.store.SetRule(n.ctx, editor, alert.Rule{Lang: "en", Live: true, Urgency: 2}))
	for i := range crashReaders {
		n.reader(fmt.Sprint("reader-", i), nil)
	}
	stop := n.runs()
	n.settled() // whoever begins to follow the wire begins with what comes
	var st story.Story
	if kind != "news" {
		st = n.sends("One", nil)
		n.until("all were told of the story", func() bool { return n.carrier.count("news One") == crashReaders && n.nobodyWaits() })
		n.settled()
	}
	stop()
	n.carrier.forgets()
	switch kind {
	case "news":
		n.sends("One", nil)
	case "correction":
		n.corrects(st, "One, corrected")
	case "withdrawal":
		n.kills(st)
	}
	n.killed(url, key, at)
	n.freed()
	n.runs()
	n.until("all have heard", func() bool { return n.carrier.count(": "+kind) >= crashReaders && n.nobodyWaits() })
	n.settled()

	n.carrier.mu.Lock()
	defer n.carrier.mu.Unlock()
	heard, repeats := map[string][]said{}, 0
	for _, one := range n.carrier.all {
		heard[one.To] = append(heard[one.To], one)
	}
	for i := range crashReaders {
		all := heard[fmt.Sprint("reader-", i)]
		if len(all) == 0 {
			t.Errorf("reader %d was told nothing", i)
			continue
		}
		repeats += len(all) - 1
		for _, one := range all {
			if one.Kind != kind || one.Wire != all[0].Wire || one.Tag != all[0].Tag || one.Title != all[0].Title || one.header.Get("Topic") != all[0].header.Get("Topic") || len(all) > 2 {
				t.Errorf("reader %d was told %+v", i, all)
			}
		}
	}
	allowed := 0
	if strings.HasPrefix(at, "request") || strings.HasPrefix(at, "answer") || strings.HasPrefix(at, "noted") {
		allowed = crashLines
	}
	if repeats > allowed {
		t.Errorf("%d alerts came twice over %d lines", repeats, crashLines)
	}
}

// settled waits until the sender has come to the wire's head.
func (n *newsroom) settled() {
	n.Helper()
	w := wire.By(n.db, n.now)
	n.until("the alerts have come to the end of the wire", func() bool {
		head, err := w.Head(n.ctx)
		n.ok(err)
		all, err := w.Followers(n.ctx)
		n.ok(err)
		return len(all) == 1 && all[0].Cursor == head
	})
}

// freed ends the turns of the one that was killed, for which others would have
// to wait.
func (n *newsroom) freed() {
	n.Helper()
	n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
		for _, held := range []string{`UPDATE turn SET until = 0`, `UPDATE follower SET until = 0`} {
			if _, err := tx.Exec(n.ctx, held); err != nil {
				return err
			}
		}
		return nil
	}))
}
