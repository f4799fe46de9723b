package main

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	sendings = 300
	// lookAgain leaves the processor to the program between two looks; it is
	// part of the figure.
	lookAgain = 2 * time.Millisecond
)

// outputs are watched each by a reader of its own; the page's address comes
// with the story.
var outputs = []string{"page", "feed", "latest"}

// arrival sends stories at the desk and takes the time until they are seen:
// first by one reader, who looks at the page, the feed and the latest in turn,
// one with each story; then by three at once, of whom the last counts. The
// readers and the program share the processor, so three cost more than one.
func arrival(s *server) error {
	ada, err := s.signIn("ada@example.org")
	if err != nil {
		return err
	}
	var one, three []time.Duration
	took := map[string][]time.Duration{}
	for n := range sendings {
		output := outputs[n%len(outputs)]
		seen, err := s.sending(ada, fmt.Sprintf("Bench story %d of many", n), output)
		if err != nil {
			return err
		}
		one, took[output] = append(one, seen), append(took[output], seen)
	}
	for n := range sendings {
		seen, err := s.sending(ada, fmt.Sprintf("Bench story %d of more", n), outputs...)
		if err != nil {
			return err
		}
		three = append(three, seen)
	}
	for _, output := range outputs {
		half, most := spread(took[output])
		tell(fmt.Sprintf("send → %s: p50, p99", output), fmt.Sprintf("%.1f, %.1f ms", ms(half), ms(most)), "none", true)
	}
	half, most := spread(one)
	tell("send → seen by one reader: p50, p99", fmt.Sprintf("%.1f, %.1f ms", ms(half), ms(most)), "none", true)
	half, most = spread(three)
	tell(fmt.Sprintf("send → seen in all three, %d times: p50", sendings), fmt.Sprintf("%.1f ms", ms(half)), "none", true)
	tell("  p99", fmt.Sprintf("%.1f ms", ms(most)), "≤ 20 ms", most <= 20*time.Millisecond)
	return nil
}

// spread gives the median and the 99th percentile.
func spread(took []time.Duration) (half, most time.Duration) {
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (s *server) signIn(email string) (*http.Client, error) {
	made, err := run("link", "--data", s.data, email)
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

var storyNumber = regexp.MustCompile(`№ (\d+)`)

// sending writes a story, sends it and gives the time from the press of the
// button until it was seen in the last of the outputs that are watched.
func (s *server) sending(ada *http.Client, headline string, watched ...string) (time.Duration, error) {
	answer, page, err := read(ada.PostForm(s.url+"/desk/stories", url.Values{"lang": {"en"}, "headline": {headline},
		"section": {"politics"}, "body": {"So it is."}, "do": {"save"}}))
	if err != nil {
		return 0, err
	}
	number := storyNumber.FindSubmatch(page)
	if number == nil {
		return 0, fmt.Errorf("the desk does not tell the number of %q", headline)
	}
	where := map[string]string{"page": "/en/news/" + string(number[1]), "feed": "/en/rss.xml", "latest": "/en/latest"}
	id := path.Base(answer.Request.URL.Path)
	seen := make([]time.Duration, len(watched))
	began := time.Now()
	var all errgroup.Group
	all.Go(func() error {
		_, _, err := read(ada.PostForm(s.url+"/desk/stories/"+id+"/release", url.Values{"base": {"1"}, "sure": {"yes"}}))
		return err
	})
	for i, output := range watched {
		all.Go(func() (err error) {
			seen[i], err = s.watch(where[output], headline, began)
			return err
		})
	}
	err = all.Wait()
	return slices.Max(seen), err
}

// watch looks at an address until the headline stands there.
func (s *server) watch(where, headline string, began time.Time) (time.Duration, error) {
	for time.Since(began) < 10*time.Second {
		_, body, err := get(s.url+where, "identity")
		if err != nil {
			return 0, err
		}
		if strings.Contains(string(body), headline) {
			return time.Since(began), nil
		}
		time.Sleep(lookAgain)
	}
	return 0, fmt.Errorf("%q is not seen at %s in ten seconds", headline, where)
}
