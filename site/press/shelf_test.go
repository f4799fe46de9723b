package press_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestMemoryNeverHoldsMoreThanItsBound(t *testing.T) {
	const most = 64 << 10
	s := open(t, most)
	codings := []string{"", "gzip", "br"}
	for i := range 500 {
		page := prints(strings.Repeat(fmt.Sprint(i, " "), 1+i*37%2000))
		if i%3 == 0 {
			page.Status = http.StatusNotFound
		}
		s.gives([]string{"", "plus"}[i%2], fmt.Sprint("/", i%90), page.render, "Accept-Encoding", codings[i%len(codings)])
		if pages, bytes := s.Held(); bytes > most || bytes < 0 || (pages == 0) != (bytes == 0) {
			t.Fatalf("after %d pages it holds %d of %d bytes", i+1, pages, bytes)
		}
	}
	if pages, _ := s.Held(); pages < 5 {
		t.Errorf("it holds %d pages", pages)
	}
}

func TestThePackedFormsCountToo(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	s.gives("", front, page.render)
	_, before := s.Held()
	before -= int64(len(long("News"))) // the plain form makes way for the packed ones
	for _, coding := range []string{"gzip", "br"} {
		packed := int64(len(s.gives("", front, page.render, "Accept-Encoding", coding).given))
		_, after := s.Held()
		if after != before+packed {
			t.Errorf("%d bytes of %s grow it from %d to %d", packed, coding, before, after)
		}
		before = after
	}
}

func TestAPackedPageIsThereForWhoeverCannotUnpackIt(t *testing.T) {
	for _, coding := range []string{"gzip", "br"} {
		s, page := open(t, roomy), prints(long("News"))
		first := s.gives("", front, page.render)
		s.gives("", front, page.render, "Accept-Encoding", coding)
		_, packed := s.Held()
		again := s.gives("", front, page.render)
		again.says(t, long("News"))
		if tag := again.Header().Get("Etag"); tag != first.Header().Get("Etag") {
			t.Errorf("after %s its tag is %s, not %s", coding, tag, first.Header().Get("Etag"))
		}
		if _, whole := s.Held(); whole != packed+int64(len(long("News"))) {
			t.Errorf("after %s it weighs %d, unpacked %d", coding, packed, whole)
		}
	}
}

func TestAPageThatIsPackedMakesRoomForItsForms(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	s.gives("", "/a", page.render)
	s.gives("", "/b", page.render, "Accept-Encoding", "gzip")
	_, both := s.Held()
	most := (both + 2) * 32 / 31
	s = open(t, most)
	s.gives("", "/a", page.render)
	s.gives("", "/b", page.render, "Accept-Encoding", "gzip")
	s.gives("", "/b", page.render, "Accept-Encoding", "br").says(t, long("News"))
	if pages, bytes := s.Held(); pages != 1 || bytes > most {
		t.Errorf("%d pages of %d bytes are held, where %d fit", pages, bytes, most)
	}
}

// weight is what one page of a hundred letters weighs.
func weight(t *testing.T) int64 {
	s := open(t, roomy)
	s.gives("", "/a", prints(strings.Repeat("x", 100)).render)
	_, bytes := s.Held()
	return bytes
}

func TestThePageThatNobodyAsksForGivesWay(t *testing.T) {
	one := weight(t)
	s := open(t, (3*one+one/2)*32/31)
	pages := map[string]*printer{}
	asks := func(keys ...string) {
		for _, key := range keys {
			if pages[key] == nil {
				pages[key] = prints(strings.Repeat("x", 100))
			}
			s.gives("", key, pages[key].render)
		}
	}
	asks("/a", "/b", "/c", "/a", "/c", "/d")
	asks("/a", "/c", "/d")
	for key, want := range map[string]int{"/a": 1, "/b": 1, "/c": 1, "/d": 1} {
		if pages[key].times != want {
			t.Errorf("%s was rendered %d times", key, pages[key].times)
		}
	}
	if _, ok := s.fast(ask("GET", "/b")); ok {
		t.Error("the page that nobody asked for is still there")
	}
	// What memory alone answers counts as asked for.
	for _, key := range []string{"/a", "/c"} {
		if _, ok := s.fast(ask("GET", key)); !ok {
			t.Errorf("%s gave way", key)
		}
	}
}

func TestAPageTooLargeForMemoryIsServedAndNotKept(t *testing.T) {
	s, large := open(t, 8<<10), prints(strings.Repeat("x", 8<<10))
	s.gives("", "/small", prints("Small").render)
	s.gives("", "/large", large.render).says(t, string(large.Body))
	if _, ok := s.fast(ask("GET", "/small")); !ok {
		t.Error("it drives others out")
	}
	if pages, _ := s.Held(); pages != 1 {
		t.Errorf("%d pages are held", pages)
	}
}

func TestAnAddressWithoutEndIsServedAndNotKept(t *testing.T) {
	s, key := open(t, roomy), "/"+strings.Repeat("x", 1024)
	s.gives("", key, prints("Here").render).says(t, "Here")
	if pages, _ := s.Held(); pages != 0 {
		t.Error("it is kept")
	}
}

func TestErrorPagesHaveAShelfOfTheirOwn(t *testing.T) {
	const most = 256 << 10
	s := open(t, most)
	for i := range 20 {
		s.gives("", fmt.Sprint("/en/news/", i), prints(long("News")[:1000]).render)
	}
	before, bytes := s.Held()
	for i := range 1000 {
		lost := prints("There is nothing here")
		lost.Status = http.StatusNotFound
		s.gives("", fmt.Sprint("/en/nowhere/", i), lost.render)
	}
	for i := range 20 {
		if _, ok := s.fast(ask("GET", fmt.Sprint("/en/news/", i))); !ok {
			t.Errorf("story %d gave way to errors", i)
		}
	}
	after, more := s.Held()
	if after == before || more-bytes > most/32 {
		t.Errorf("%d pages about errors weigh %d bytes", after-before, more-bytes)
	}
}

func TestAPageMayBecomeAnErrorAndAStoryAgain(t *testing.T) {
	s, first := open(t, roomy), int64(0)
	for i, status := range []int{200, 404, 200, 410} {
		page := prints(fmt.Sprint("Page ", i))
		page.Status, page.Until = status, s.now.Add(1)
		if a := s.gives("", front, page.render); a.Code != status {
			t.Errorf("it answers %d, not %d", a.Code, status)
		}
		s.now = s.now.Add(1)
		pages, bytes := s.Held()
		if i == 0 {
			first = bytes
		}
		if pages != 1 || bytes != first {
			t.Errorf("%d pages are held and weigh %d bytes", pages, bytes)
		}
	}
	s.Refresh()
	if _, bytes := s.Held(); bytes != 0 {
		t.Errorf("%d bytes stay", bytes)
	}
}
