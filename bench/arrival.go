package main

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

const sendings = 200

// arrival sends stories at the desk and takes the time until each is seen on
// its page, in the feed and on the list of the latest.
func arrival(s *server) error {
	ada, err := s.signIn()
	if err != nil {
		return err
	}
	var took []time.Duration
	for n := range sendings {
		d, err := s.sending(ada, fmt.Sprintf("Bench story %d of many", n))
		if err != nil {
			return err
		}
		took = append(took, d)
	}
	slices.Sort(took)
	half, most := took[len(took)/2], took[len(took)*99/100]
	tell(fmt.Sprintf("send → page, feed and latest, %d times: p50", sendings), fmt.Sprintf("%.1f ms", ms(half)), "none", true)
	tell("  p99", fmt.Sprintf("%.1f ms", ms(most)), "≤ 20 ms", most <= 20*time.Millisecond)
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (s *server) signIn() (*http.Client, error) {
	made, err := run("link", "--data", s.data, "ada@example.org")
	if err != nil {
		return nil, err
	}
	i := strings.Index(made.out, "/desk/sign-in/")
	if i < 0 {
		return nil, fmt.Errorf("no link in %q", made.out)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	ada := &http.Client{Jar: jar}
	_, _, err = read(ada.PostForm(s.url+strings.Fields(made.out[i:])[0], nil))
	return ada, err
}

// sending writes a story, sends it and gives the time from the press of the
// button until it was seen everywhere.
func (s *server) sending(ada *http.Client, headline string) (time.Duration, error) {
	answer, _, err := read(ada.PostForm(s.url+"/desk/stories", url.Values{"lang": {"en"}, "headline": {headline},
		"section": {"politics"}, "body": {"So it is."}, "do": {"save"}}))
	if err != nil {
		return 0, err
	}
	id := path.Base(answer.Request.URL.Path)
	began := time.Now()
	sent := make(chan error, 1)
	go func() {
		_, _, err := read(ada.PostForm(s.url+"/desk/stories/"+id+"/release", url.Values{"base": {"1"}, "sure": {"yes"}}))
		sent <- err
	}()
	link := ""
	for _, where := range []string{"/en/latest", "/en/rss.xml", ""} {
		if where == "" {
			where = link
		}
		for {
			_, body, err := get(s.url+where, "identity")
			if err != nil {
				return 0, err
			}
			if at := strings.Index(string(body), headline); at >= 0 {
				if where == "/en/latest" {
					link = lastLink(string(body[:at]))
				}
				break
			}
			if time.Since(began) > 10*time.Second {
				return 0, fmt.Errorf("%q is not seen at %s in ten seconds", headline, where)
			}
		}
	}
	took := time.Since(began)
	return took, <-sent
}

// lastLink is the story's address that stands before its headline.
func lastLink(before string) string {
	i := strings.LastIndex(before, `href="/en/news/`)
	if i < 0 {
		return "/en/latest"
	}
	link, _, _ := strings.Cut(before[i+len(`href="`):], `"`)
	return link
}
