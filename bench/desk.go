package main

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	newsroomStories = 20_000
	listRows        = 100
	listLooks       = 500
	typists         = 20
	autosaves       = 60 // by each of them
	// betweenSaves is shorter than the writing page waits, so the desk is
	// measured under more than twenty people.
	betweenSaves = 500 * time.Millisecond
)

// newsroom fills the database up and takes the people on.
func newsroom(data string, stories int) (emails []string, err error) {
	more := filepath.Join(filepath.Dir(data), "more.jsonl")
	if err := invent(more, "more", newsroomStories-stories); err != nil {
		return nil, err
	}
	if _, err := run("import", "ninjs", "--data", data, more); err != nil {
		return nil, err
	}
	for n := range typists {
		email := fmt.Sprintf("writer%d@example.org", n)
		if _, err := run("staff", "add", "--data", data, "--name", fmt.Sprintf("Writer %d", n), "--email", email, "--role", "editor"); err != nil {
			return nil, err
		}
		emails = append(emails, email)
	}
	return emails, nil
}

// works measures the desk as it stands when many work at it: the list of the
// newest stories, and the autosaves of people who all type at once.
func (s *server) works(emails []string) error {
	var desks []*http.Client
	for _, email := range emails {
		desk, err := s.signIn(email)
		if err != nil {
			return err
		}
		desks = append(desks, desk)
	}
	if err := s.looks(desks[0]); err != nil {
		return err
	}
	return s.typed(desks)
}

// looks opens the list again and again.
func (s *server) looks(desk *http.Client) error {
	var took []time.Duration
	for range listLooks {
		began := time.Now()
		answer, page, err := read(desk.Get(s.url + "/desk/?stage=all"))
		if err != nil {
			return err
		}
		took = append(took, time.Since(began))
		if n := strings.Count(string(page), `<tr role="row" id="s-`); answer.StatusCode != http.StatusOK || n != listRows {
			return fmt.Errorf("the list answers %d with %d rows", answer.StatusCode, n)
		}
	}
	half, most := spread(took)
	tell(fmt.Sprintf("desk list of %d rows of %d stories: p50", listRows, newsroomStories), fmt.Sprintf("%.1f ms", ms(half)), "none", true)
	tell("  p99", fmt.Sprintf("%.1f ms", ms(most)), "≤ 50 ms", most <= 50*time.Millisecond)
	return nil
}

// typed has each person write a story of their own and saves what they have
// typed as the writing page does.
func (s *server) typed(desks []*http.Client) error {
	took := make([][]time.Duration, len(desks))
	var all errgroup.Group
	for n, desk := range desks {
		all.Go(func() (err error) {
			time.Sleep(betweenSaves * time.Duration(n) / typists)
			took[n], err = s.types(desk, n)
			return err
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	var every []time.Duration
	for _, some := range took {
		every = append(every, some...)
	}
	half, most := spread(every)
	tell(fmt.Sprintf("autosave, %d people, %d times: p50", typists, len(every)), fmt.Sprintf("%.1f ms", ms(half)), "none", true)
	tell("  p99", fmt.Sprintf("%.1f ms", ms(most)), "≤ 30 ms", most <= 30*time.Millisecond)
	return nil
}

func (s *server) types(desk *http.Client, n int) ([]time.Duration, error) {
	form := url.Values{"lang": {"en"}, "headline": {fmt.Sprintf("What writer %d writes", n)}, "section": {"politics"}, "body": {"So it begins."}}
	answer, _, err := read(desk.PostForm(s.url+"/desk/stories", form))
	if err != nil {
		return nil, err
	}
	where := s.url + "/desk/stories/" + path.Base(answer.Request.URL.Path) + "/working"
	form.Set("base", "1")
	form.Set("tab", fmt.Sprintf("bench-tab-%d", n))
	var took []time.Duration
	for range autosaves {
		form.Set("body", form.Get("body")+" And then one more sentence was typed, of about this length.")
		began := time.Now()
		answer, said, err := read(desk.PostForm(where, form))
		if err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
		if answer.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("an autosave answers %d: %s", answer.StatusCode, said)
		}
		time.Sleep(betweenSaves)
	}
	return took, nil
}
