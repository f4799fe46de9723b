package press_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"wireroom/site/press"
)

// gated is a render that waits until the test opens the gate.
type gated struct {
	*printer
	gate chan struct{}
}

func behindGate(body string) gated { return gated{prints(body), make(chan struct{})} }

func (g gated) render(ctx context.Context) (press.Page, error) {
	p, err := g.printer.render(ctx)
	<-g.gate
	return p, err
}

// reply is what came back to one of several who asked.
type reply struct {
	*answer
	err  error
	back bool
}

// sends has somebody ask while the test goes on.
func (s *stand) sends(ctx context.Context, key string, make render) *reply {
	got := &reply{answer: &answer{ResponseRecorder: httptest.NewRecorder()}}
	r := ask("GET", key).WithContext(ctx)
	go func() {
		got.err = s.Serve(got.answer, r, "", key, make)
		got.back = true
	}()
	return got
}

func TestAPageIsRenderedOnceForAllWhoMeet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, page := open(t, roomy), behindGate("One page")
		var crowd []*reply
		for range 20 {
			crowd = append(crowd, s.sends(t.Context(), front, page.render))
		}
		synctest.Wait()
		if page.times != 1 {
			t.Errorf("%d renders are under way", page.times)
		}
		close(page.gate)
		synctest.Wait()
		for _, one := range crowd {
			if one.err != nil || !one.same(crowd[0].answer) {
				t.Errorf("one of them gets %q: %v", one.Body, one.err)
			}
		}
		s.gives("", front, page.render)
		if page.times != 1 {
			t.Errorf("it was rendered %d times", page.times)
		}
	})
}

func TestPagesOfOtherAddressesAreNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, slow := open(t, roomy), behindGate("Slow")
		waits := s.sends(t.Context(), "/en/slow", slow.render)
		synctest.Wait()
		s.gives("", "/en/quick", prints("Quick").render).says(t, "Quick")
		if waits.back {
			t.Error("the slow page came before its render ended")
		}
		close(slow.gate)
	})
}

func TestAPageIsPackedOnceInEachCoding(t *testing.T) {
	s, page := open(t, roomy), prints(long("One page"))
	var last []*answer
	for _, accept := range []string{"br", "gzip", ""} {
		a := s.gives("", front, page.render, "Accept-Encoding", accept)
		b := s.gives("", front, page.render, "Accept-Encoding", accept)
		if !a.same(b) {
			t.Errorf("%q was packed twice", accept)
		}
		for _, other := range last {
			if a.same(other) {
				t.Errorf("%q gets another coding's bytes", accept)
			}
		}
		a.says(t, long("One page"))
		last = append(last, a)
	}
}

func TestRefreshDropsEveryPage(t *testing.T) {
	s := open(t, roomy)
	page, error404 := prints("One page"), prints("Nothing here")
	error404.Status = 404
	asked := func() {
		s.gives("", front, page.render)
		s.gives("plus", front, page.render)
		s.gives("", "/en/nowhere", error404.render)
	}
	asked()
	s.Refresh()
	if pages, bytes := s.Held(); pages != 0 || bytes != 0 {
		t.Errorf("%d pages of %d bytes are still held", pages, bytes)
	}
	if _, ok := s.fast(ask("GET", front)); ok {
		t.Error("memory answers with a page from before")
	}
	asked()
	if page.times != 4 || error404.times != 2 {
		t.Errorf("after it %d and %d pages were rendered", page.times-2, error404.times-1)
	}
}

func TestARenderThatBeganBeforeRefreshIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, before, after := open(t, roomy), behindGate("Before"), prints("After")
		waits := s.sends(t.Context(), front, before.render)
		synctest.Wait()
		s.Refresh()
		close(before.gate)
		synctest.Wait()
		waits.says(t, "Before")
		if pages, _ := s.Held(); pages != 0 {
			t.Error("it is kept")
		}
		s.gives("", front, after.render).says(t, "After")
	})
}

func TestNobodyJoinsARenderThatBeganBeforeRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, before, after := open(t, roomy), behindGate("Before"), behindGate("After")
		early := s.sends(t.Context(), front, before.render)
		synctest.Wait()
		s.Refresh()
		late := s.sends(t.Context(), front, after.render)
		synctest.Wait()
		close(before.gate)
		synctest.Wait()
		if !early.back || late.back {
			t.Fatalf("the early one is back: %v, the late one: %v", early.back, late.back)
		}
		// The end of the first render leaves the second to whoever comes.
		later := s.sends(t.Context(), front, prints("A third").render)
		synctest.Wait()
		close(after.gate)
		synctest.Wait()
		early.says(t, "Before")
		late.says(t, "After")
		later.says(t, "After")
		s.gives("", front, prints("A fourth").render).says(t, "After")
	})
}

func TestAPageIsMadeAnewAtItsTimeByTheGivenClock(t *testing.T) {
	s := open(t, roomy)
	make := func(context.Context) (press.Page, error) {
		return press.Page{Body: fmt.Append(nil, s.now.Format(time.TimeOnly)), Until: s.now.Add(time.Minute)}, nil
	}
	for _, c := range []struct {
		after time.Duration
		says  string
	}{{0, "12:00:00"}, {time.Minute - 1, "12:00:00"}, {time.Minute, "12:01:00"}, {2*time.Minute - 1, "12:01:00"}, {5 * time.Minute, "12:05:00"}} {
		s.now = noon.Add(c.after)
		_, fresh := s.fast(ask("GET", front))
		if want := c.after%time.Minute != 0; fresh != want {
			t.Errorf("after %v memory alone answers: %v", c.after, fresh)
		}
		s.gives("", front, make).says(t, c.says)
		if pages, _ := s.Held(); pages != 1 {
			t.Errorf("%d pages are held", pages)
		}
	}
	s.gives("", "/en/old", func(context.Context) (press.Page, error) { return press.Page{Until: s.now}, nil })
	if pages, _ := s.Held(); pages != 1 {
		t.Error("a page that is past its time already is kept")
	}
}

func TestWhoComesAfterAPagesTimeDoesNotGetWhatWasBegunBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, before, after := open(t, roomy), behindGate("Before"), prints("After")
		before.Until = noon.Add(time.Minute)
		early := s.sends(t.Context(), front, before.render)
		synctest.Wait()
		s.now = noon.Add(time.Minute)
		late := s.sends(t.Context(), front, after.render)
		synctest.Wait()
		close(before.gate)
		synctest.Wait()
		early.says(t, "Before")
		late.says(t, "After")
	})
}
