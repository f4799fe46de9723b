package press_test

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestTheCodingIsTheOneThatTheReaderLikesBest(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	for _, c := range []struct {
		accept []string
		coding string
	}{
		{nil, ""}, {[]string{""}, ""}, {[]string{"gzip"}, "gzip"}, {[]string{"br"}, "br"}, {[]string{"gzip, br"}, "br"},
		{[]string{"gzip, deflate, br, zstd"}, "br"}, {[]string{"gzip", "br"}, "br"}, {[]string{"BR;Q=1"}, "br"}, {[]string{"x-gzip"}, "gzip"},
		{[]string{"br;q=0.5, gzip"}, "gzip"}, {[]string{"br;q=0.5, gzip;q=0.4"}, "br"}, {[]string{"br ; q=0.8 , gzip;q=0.8"}, "br"},
		{[]string{"br;q=0, gzip"}, "gzip"}, {[]string{"br;q=0.000, gzip;q=0"}, ""}, {[]string{"gzip;q=0.001"}, "gzip"},
		{[]string{"*"}, "br"}, {[]string{"*;q=0"}, ""}, {[]string{"br;q=0, *"}, "gzip"}, {[]string{"gzip, *;q=0"}, "gzip"},
		{[]string{"identity"}, ""}, {[]string{"identity, gzip;q=0.5"}, ""}, {[]string{"identity;q=0.5, gzip"}, "gzip"},
		{[]string{"identity;q=0, *;q=0"}, ""}, {[]string{"brx, xgzip"}, ""}, {[]string{"br;q=x, gzip;q=0.5"}, "gzip"},
		{[]string{"br;q="}, ""}, {[]string{"br;q=2"}, ""}, {[]string{"br;q=-1"}, ""}, {[]string{"br;q=0.0000001"}, ""}, {[]string{",,br,,"}, "br"},
		{[]string{"br;q=0.5000, gzip;q=0.1"}, "gzip"}, {[]string{"gzip;q=1.5, br"}, "br"},
	} {
		r := ask("GET", front)
		if c.accept != nil {
			r.Header["Accept-Encoding"] = c.accept
		}
		a, err := s.tries("", front, page.render, r)
		if got := a.Header().Get("Content-Encoding"); err != nil || got != c.coding {
			t.Errorf("%q gives %q, not %q: %v", c.accept, got, c.coding, err)
		}
		if a.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: a cache on the way is told %v", c.accept, a.Header()["Vary"])
		}
		a.says(t, long("News"))
	}
}

func TestAPageThatDoesNotShrinkIsSentAsItIs(t *testing.T) {
	s := open(t, roomy)
	a := s.gives("", front, prints("x").render, "Accept-Encoding", "br, gzip")
	if a.Header().Get("Content-Encoding") != "" || a.Header().Get("Content-Length") != "1" {
		t.Errorf("one letter is sent with %v", a.Header())
	}
	a.says(t, "x")
}

func TestWhoHasThePageIsNotSentItAgain(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	tags := map[string]string{}
	for _, coding := range []string{"", "gzip", "br"} {
		tags[coding] = s.gives("", front, page.render, "Accept-Encoding", coding).Header().Get("Etag")
	}
	br := tags["br"]
	for _, c := range []struct {
		match []string
		has   bool
	}{
		{[]string{br}, true}, {[]string{"W/" + br}, true}, {[]string{"*"}, true}, {[]string{" * "}, true},
		{[]string{`"a", ` + br}, true}, {[]string{`W/"a",W/` + br + `,"c"`}, true}, {[]string{`"a"`, br}, true}, {[]string{`,, ` + br + ` ,`}, true},
		{[]string{`"a, b", ` + br}, false}, // a blank within a tag: no tag at all
		{[]string{`"a,b", ` + br}, true},
		{[]string{""}, false}, {[]string{`"a"`}, false}, {[]string{strings.Trim(br, `"`)}, false}, {[]string{"w/" + br}, false},
		{[]string{"W/ " + br}, false}, {[]string{`"a" ` + br}, false}, {[]string{br + `"`}, false}, {[]string{`"a", *`}, false},
		{[]string{`"`}, false}, {[]string{`W/`}, false}, {[]string{`"x` + br + `"`}, false},
		{[]string{tags["gzip"]}, false}, {[]string{tags[""]}, false},
	} {
		r := ask("GET", front, "Accept-Encoding", "br")
		r.Header["If-None-Match"] = c.match
		a, err := s.tries("", front, page.render, r)
		if got := a.Code == http.StatusNotModified; err != nil || got != c.has {
			t.Errorf("%q answers %d: %v", c.match, a.Code, err)
		}
		if c.has && (a.given != nil || a.Header().Get("Etag") != br || a.Header().Get("Vary") == "" || a.Header().Get("Cache-Control") == "") {
			t.Errorf("%q is told with %v and %d bytes", c.match, a.Header(), len(a.given))
		}
	}
	if len(slices.Compact(slices.Sorted(maps.Values(tags)))) != 3 {
		t.Errorf("two codings share a tag: %v", tags)
	}
}

func TestATagIsTheSameForTheSameBytesAlone(t *testing.T) {
	s := open(t, roomy)
	one := s.gives("", front, prints("One").render).Header().Get("Etag")
	s.Refresh()
	again := s.gives("", front, prints("One").render).Header().Get("Etag")
	s.Refresh()
	other := s.gives("", front, prints("Other").render).Header().Get("Etag")
	if one == "" || one != again || one == other {
		t.Errorf("the tags are %s, %s and %s", one, again, other)
	}
}

func TestHeadHasTheHeadersAndNoBody(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	gone := prints("Gone")
	gone.Status = http.StatusGone
	for key, p := range map[string]*printer{front: page, "/en/gone": gone} {
		for _, accept := range []string{"", "gzip", "br"} {
			full := s.gives("", key, p.render, "Accept-Encoding", accept)
			head, err := s.tries("", key, p.render, ask("HEAD", key, "Accept-Encoding", accept))
			if err != nil || head.given != nil || head.Code != full.Code {
				t.Errorf("HEAD answers %d with %d bytes: %v", head.Code, len(head.given), err)
			}
			if !maps.EqualFunc(head.Header(), full.Header(), slices.Equal) {
				t.Errorf("HEAD has %v, GET %v", head.Header(), full.Header())
			}
			if full.Header().Get("Content-Length") != strconv.Itoa(len(full.given)) {
				t.Errorf("%d bytes are said to be %s", len(full.given), full.Header().Get("Content-Length"))
			}
		}
	}
}

func TestEachClassHasItsOwnPages(t *testing.T) {
	s := open(t, roomy)
	classes, keys := []string{"", "plus", "plus/en", "/en"}, []string{"/", "/en/"}
	for range 2 {
		for _, class := range classes {
			for _, key := range keys {
				s.gives(class, key, prints("For "+class+" at "+key).render).says(t, "For "+class+" at "+key)
			}
		}
	}
	if pages, _ := s.Held(); pages != len(classes)*len(keys) {
		t.Errorf("%d pages are held", pages)
	}
}

func TestOnlyAnonymousPagesMayBeKeptOnTheWay(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	for class, want := range map[string]string{"": "public, max-age=0, must-revalidate", "plus": "private, no-store"} {
		for range 2 {
			a := s.gives(class, front, page.render, "If-None-Match", "*")
			if got := a.Header()["Cache-Control"]; len(got) != 1 || got[0] != want {
				t.Errorf("class %q is served as %q", class, got)
			}
			if class != "" && (a.Header()["Etag"] != nil || a.Code != http.StatusOK) {
				t.Errorf("class %q answers %d with the tag %v", class, a.Code, a.Header()["Etag"])
			}
		}
	}
}

func TestAnErrorPageKeepsItsStatusAndHasNoTag(t *testing.T) {
	s, gone := open(t, roomy), prints("Gone")
	gone.Status = http.StatusGone
	for range 2 {
		a := s.gives("", front, gone.render, "If-None-Match", "*")
		if a.Code != http.StatusGone || a.Header()["Etag"] != nil || a.Header().Get("Cache-Control") != "no-cache" || string(a.given) != "Gone" {
			t.Errorf("it answers %d with %v", a.Code, a.Header())
		}
	}
	if gone.times != 1 {
		t.Errorf("it was rendered %d times", gone.times)
	}
	if a := s.gives("plus", front, gone.render); a.Header().Get("Cache-Control") != "private, no-store" {
		t.Errorf("to a reader it is served as %v", a.Header())
	}
}

func TestMemoryAloneAnswersOnlyAnonymousReadersOfPagesAtHand(t *testing.T) {
	s, page := open(t, roomy), prints(long("News"))
	const address = "/en/latest?page=2"
	if a, ok := s.fast(ask("GET", address)); ok || len(a.Header()) > 0 {
		t.Error("it answers before there is a page")
	}
	full := s.gives("", address, page.render, "Accept-Encoding", "br")
	s.gives("plus", "/en/locked", page.render)
	for _, c := range []struct {
		what string
		r    *http.Request
		ok   bool
	}{
		{"the page", ask("GET", address, "Accept-Encoding", "br"), true},
		{"its head", ask("HEAD", address, "Accept-Encoding", "br"), true},
		{"its plain form", ask("GET", address), true},
		{"a coding not packed yet", ask("GET", address, "Accept-Encoding", "gzip"), false},
		{"a form", ask("POST", address), false},
		{"a browser with a cookie", ask("GET", address, "Cookie", "reader=x"), false},
		{"a browser with an empty cookie", ask("GET", address, "Cookie", ""), false},
		{"another page", ask("GET", "/en/latest?page=3"), false},
		{"the page without its query", ask("GET", "/en/latest"), false},
		{"a page for subscribers", ask("GET", "/en/locked"), false},
		{"an address with its host", ask("GET", "http://pozirk.example"+address), false},
	} {
		a, ok := s.fast(c.r)
		if ok != c.ok {
			t.Errorf("%s: it answers: %v", c.what, ok)
		}
		if !ok && (len(a.Header()) > 0 || a.given != nil) {
			t.Errorf("%s: it writes and says that it did not", c.what)
		}
	}
	a, _ := s.fast(ask("GET", address, "Accept-Encoding", "br"))
	if !a.same(full) || !maps.EqualFunc(a.Header(), full.Header(), slices.Equal) {
		t.Errorf("it answers otherwise: %v", a.Header())
	}
	if a, ok := s.fast(ask("GET", address, "Accept-Encoding", "br", "If-None-Match", full.Header().Get("Etag"))); !ok || a.Code != http.StatusNotModified {
		t.Errorf("who has it already is answered %d", a.Code)
	}
}
