package alert_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// runs has the sender at work until the test ends; stop ends it before.
func (n *newsroom) runs() (stop func()) {
	ctx, cancel := context.WithCancel(n.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		n.sender.Run(ctx, func(error) {})
	}()
	stop = func() {
		cancel()
		<-done
	}
	n.Cleanup(stop)
	return stop
}

func (n *newsroom) until(what string, holds func() bool) {
	n.Helper()
	for limit := time.Now().Add(time.Minute); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			n.Fatalf("not within a minute: %s; pushed was %q", what, n.carrier.heard())
		}
	}
}

func (s *service) count(part string) int { return strings.Count(s.heard(), part) }

// hastens lets time pass by a second, and has the sender look again; all in all
// by no more than news last.
func (n *newsroom) hastens() {
	if n.hastened += time.Second; n.hastened < 3*time.Hour {
		n.passes(time.Second)
	}
	if n.hastened%(20*time.Second) == 0 {
		n.ok(n.store.Wake(n.ctx))
	}
}

func (n *newsroom) nobodyWaits() bool {
	k, err := n.store.Waiting(n.ctx)
	return err == nil && k == 0
}

func TestAKillOvertakesAllThatWaitsWhileAPushServiceHangs(t *testing.T) {
	each(t, func(n *newsroom) {
		const hanging, quick = 100, 60
		n.sender.Patience = 2 * time.Second
		dead, free := carrier(t), make(chan struct{})
		st := n.sends("Wrong", nil)
		n.ok(n.rings())
		for i := range hanging {
			name := fmt.Sprintf("hangs-%02d", i)
			n.readerBy(dead, name, nil)
			dead.hangs["/push/"+name] = free
		}
		for i := range quick {
			n.reader(fmt.Sprintf("quick-%02d", i), nil)
		}
		stop := n.runs()
		for i := range 5 {
			n.sends(fmt.Sprint("Older ", i), nil)
		}
		n.until("all that wait stand fast", func() bool {
			k, err := n.store.Waiting(n.ctx)
			return err == nil && k >= hanging
		})
		n.kills(st)
		n.until("the kill comes to all whose push service answers", func() bool {
			n.hastens()
			return n.carrier.count("withdrawal") >= quick
		})
		n.until("and then the news", func() bool {
			n.hastens()
			return n.carrier.count("Older 4") >= quick
		})
		close(free)
		n.until("everybody has heard of everything", func() bool {
			n.hastens()
			return n.nobodyWaits()
		})
		stop()
		for i := range 5 {
			if k := dead.count(fmt.Sprint("Older ", i)); k < hanging {
				t.Errorf("%d of %d heard of story %d", k, hanging, i)
			}
		}
		if k := dead.count("withdrawal"); k < hanging {
			t.Errorf("%d of %d were told of the kill", k, hanging)
		}
	})
}

func TestWhatWasCutOffIsBroughtAfterTheNextStart(t *testing.T) {
	each(t, func(n *newsroom) {
		free := make(chan struct{})
		n.reader("a", nil)
		n.reader("b", nil)
		n.carrier.mu.Lock()
		n.carrier.hangs["/push/a"] = free
		n.carrier.mu.Unlock()
		stop := n.runs()
		n.sends("One", nil)
		n.until("one has heard", func() bool { return n.carrier.count("b: news One") == 1 })
		n.until("that is noted", func() bool {
			k, err := n.store.Waiting(n.ctx)
			return err == nil && k == 1
		})
		stop()
		n.waiting(1)
		close(free)
		n.runs()
		// The try that was cut off may have been taken all the same.
		n.until("the other has heard", func() bool { return n.carrier.count("a: news One") >= 1 })
		n.until("nobody waits", n.nobodyWaits)
		if k := n.carrier.count("b: news One"); k != 1 {
			t.Errorf("one heard it %d times", k)
		}
	})
}
