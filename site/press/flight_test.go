package press_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"wireroom/site/press"
)

func TestAnErrorGoesToAllWhoWaitedAndNothingIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, gate, broken := open(t, roomy), make(chan struct{}), errors.New("the ink ran out")
		fails := func(context.Context) (press.Page, error) {
			<-gate
			return press.Page{Body: []byte("half a page")}, fmt.Errorf("setting: %w", broken)
		}
		var crowd []*reply
		for range 5 {
			crowd = append(crowd, s.sends(t.Context(), front, fails))
		}
		synctest.Wait()
		close(gate)
		synctest.Wait()
		for _, one := range crowd {
			if !errors.Is(one.err, broken) || one.given != nil || len(one.Header()) != 0 {
				t.Errorf("one gets %v and %q with %v", one.err, one.Body, one.Header())
			}
		}
		if pages, _ := s.Held(); pages != 0 {
			t.Error("what failed is kept")
		}
		s.gives("", front, prints("Better now").render).says(t, "Better now")
	})
}

func TestAReaderWhoHangsUpSpoilsNothingForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, gate, times := open(t, roomy), make(chan struct{}), 0
		heeds := func(ctx context.Context) (press.Page, error) {
			times++
			select {
			case <-ctx.Done():
				return press.Page{}, ctx.Err()
			case <-gate:
				return press.Page{Body: []byte("One page")}, nil
			}
		}
		first, hangUp := context.WithCancel(t.Context())
		second, hangUpToo := context.WithCancel(t.Context())
		_ = s.sends(first, front, heeds)
		synctest.Wait()
		impatient, patient := s.sends(second, front, heeds), s.sends(t.Context(), front, heeds)
		synctest.Wait()
		hangUp()
		hangUpToo()
		synctest.Wait()
		if !errors.Is(impatient.err, context.Canceled) || impatient.given != nil {
			t.Errorf("who hangs up while waiting gets %v and %q", impatient.err, impatient.Body)
		}
		if patient.back {
			t.Fatalf("who stays is sent away: %v", patient.err)
		}
		close(gate)
		synctest.Wait()
		patient.says(t, "One page")
		s.gives("", front, heeds).says(t, "One page")
		if times != 1 {
			t.Errorf("it was rendered %d times", times)
		}
	})
}

func TestARenderKnowsWhatItsRequestKnew(t *testing.T) {
	type name struct{}
	s := open(t, roomy)
	r := ask("GET", front)
	r = r.WithContext(context.WithValue(r.Context(), name{}, "Ada"))
	_, err := s.tries("", front, func(ctx context.Context) (press.Page, error) {
		if got := ctx.Value(name{}); got != "Ada" {
			t.Errorf("it knows %v", got)
		}
		return press.Page{}, nil
	}, r)
	if err != nil {
		t.Error(err)
	}
}

func TestARenderThatNeverEndsIsToldTo(t *testing.T) {
	// The bubble's clock leaps when all wait, so this takes no time.
	synctest.Test(t, func(t *testing.T) {
		s := open(t, roomy)
		_, err := s.tries("", front, func(ctx context.Context) (press.Page, error) {
			<-ctx.Done()
			return press.Page{}, ctx.Err()
		}, ask("GET", front))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ends with %v", err)
		}
	})
}

func TestAPanicHarmsOnlyItsOwnRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, gate, caught := open(t, roomy), make(chan struct{}), any(nil)
		go func() {
			defer func() { caught = recover() }()
			_, _ = s.tries("", front, func(context.Context) (press.Page, error) {
				<-gate
				panic("ink on the floor")
			}, ask("GET", front))
		}()
		synctest.Wait()
		waits := s.sends(t.Context(), front, prints("Never asked").render)
		synctest.Wait()
		close(gate)
		synctest.Wait()
		if caught != "ink on the floor" {
			t.Errorf("the panic comes back as %v", caught)
		}
		if waits.err == nil || waits.given != nil {
			t.Errorf("who waited gets %q: %v", waits.Body, waits.err)
		}
		s.gives("", front, prints("Mopped").render).says(t, "Mopped")
	})
}
