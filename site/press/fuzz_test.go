package press_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	aTag    = `(?:W/)?"[\x21\x23-\x7e\x{80}-\x{10ffff}]*"`
	tagList = regexp.MustCompile(`^[ \t,]*` + aTag + `(?:[ \t]*,[ \t,]*` + aTag + `)*[ \t,]*$`)
	oneTag  = regexp.MustCompile(aTag)
)

// FuzzIfNoneMatch holds the reading of If-None-Match against a slower one, for
// headers that are well formed, and asks of all others that nobody is told to
// keep a page that the header does not name.
func FuzzIfNoneMatch(f *testing.F) {
	s, page := open(f, roomy), prints("One page")
	tag := s.gives("", front, page.render).Header().Get("Etag")
	for _, seed := range []string{"*", tag, "W/" + tag, `"a", W/"b" ,` + tag, `"a` + tag, `W/`, `"`, ",,", `"a" "b"`, tag + "x", "\x00", `"é", ` + tag} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		for _, header := range []string{header, strings.ReplaceAll(header, "TAG", tag)} {
			r := ask("GET", front)
			r.Header["If-None-Match"] = []string{header}
			a, err := s.tries("", front, page.render, r)
			if err != nil {
				t.Fatal(err)
			}
			has := a.Code == http.StatusNotModified
			switch {
			case strings.Trim(header, " \t") == "*":
				if !has {
					t.Errorf("%q is any page", header)
				}
			case tagList.MatchString(header):
				want := false
				for _, one := range oneTag.FindAllString(header, -1) {
					want = want || strings.TrimPrefix(one, "W/") == tag
				}
				if has != want {
					t.Errorf("%q answers %d", header, a.Code)
				}
			case has && !strings.Contains(header, tag):
				t.Errorf("%q does not name %s", header, tag)
			}
		}
	})
}

var wellFormed = regexp.MustCompile(`^(?i:([a-z0-9*!#$%&'+.^_|~-]+)[ \t]*(?:;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?)$`)

// liked reads an Accept-Encoding the slow way; ok is false when it is not well
// formed or says something twice.
func liked(header string) (coding string, ok bool) {
	weight := map[string]float64{}
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.Trim(part, " \t"); part == "" {
			continue
		}
		m := wellFormed.FindStringSubmatch(part)
		if m == nil {
			return "", false
		}
		name, q := strings.ToLower(m[1]), 1.0
		if m[2] != "" {
			q, _ = strconv.ParseFloat(m[2], 64)
		}
		if name == "x-gzip" {
			name = "gzip"
		}
		if _, twice := weight[name]; twice {
			return "", false
		}
		weight[name] = q
	}
	best := 0.0
	for _, name := range []string{"br", "gzip"} {
		q, said := weight[name]
		if !said {
			q = weight["*"]
		}
		if q > best {
			coding, best = name, q
		}
	}
	if weight["identity"] > best {
		coding = ""
	}
	return coding, true
}

// FuzzAcceptEncoding holds the choice of a coding against a slower one, and
// asks that whatever a reader sends gets the page in a form that the reader
// named.
func FuzzAcceptEncoding(f *testing.F) {
	s, page := open(f, roomy), prints(long("One page"))
	for _, seed := range []string{"", "gzip", "br", "gzip, br;q=0.9", "*;q=0.1, gzip;q=0", "identity;q=1.000, x-gzip;q=0.999", "br;q=", ";q=1", "br;;q=0", "br;a=b;q=0.5", "gzip\x00", "*;q=0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		r := ask("GET", front)
		r.Header["Accept-Encoding"] = []string{header}
		a, err := s.tries("", front, page.render, r)
		if err != nil {
			t.Fatal(err)
		}
		coding := a.Header().Get("Content-Encoding")
		if want, ok := liked(header); ok && coding != want {
			t.Errorf("%q gives %q, not %q", header, coding, want)
		}
		if named := strings.ToLower(header); coding != "" && !strings.Contains(named, coding) && !strings.Contains(named, "*") {
			t.Errorf("%q gives %q unasked", header, coding)
		}
		a.says(t, string(page.Body))
	})
}
