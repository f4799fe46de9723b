package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"time"
)

const (
	restLooks = 400
	// betweenLooks is a reader's pace: about as many look as at a small agency.
	betweenLooks = 20 * time.Millisecond
	mostWait     = 50 * time.Millisecond
)

// during measures how long readers wait while an archive is taken in beside
// the program that serves, against the same readers before.
func during(dir string) error {
	data := filepath.Join(dir, "during")
	if _, err := run("init", "--data", data, "--name", "Pozirk", "--languages", "en", "--sections", "Politics"); err != nil {
		return err
	}
	if _, err := run("staff", "add", "--data", data, "--name", "Ada", "--email", "ada@example.org", "--role", "chief"); err != nil {
		return err
	}
	stories, err := archive(dir)
	if err != nil {
		return err
	}
	return served(data, func(s *server) error { return s.readDuring(stories) })
}

func (s *server) readDuring(stories string) error {
	ada, err := s.signIn("ada@example.org")
	if err != nil {
		return err
	}
	if _, err := s.sending(ada, "Read while an archive comes in", "page"); err != nil {
		return err
	}
	page, err := s.firstStory()
	if err != nil {
		return err
	}
	addresses := []string{page, "/en/"}
	calm := map[string][]time.Duration{}
	for range restLooks {
		if err := s.look(calm, addresses); err != nil {
			return err
		}
	}
	ended := make(chan error, 1)
	go func() {
		made, err := run("import", "ninjs", "--data", s.data, stories)
		if err == nil {
			var n int
			n, err = count(made.out)
			fmt.Printf("readers while %d stories are taken in, in %.1f s:\n", n, made.took.Seconds())
		}
		ended <- err
	}()
	busy := map[string][]time.Duration{}
	for {
		select {
		case err := <-ended:
			if err == nil {
				tellWaits(addresses, calm, busy)
			}
			return err
		default:
		}
		if err := s.look(busy, addresses); err != nil {
			return err
		}
	}
}

// tellWaits compares what readers waited.
func tellWaits(addresses []string, calm, busy map[string][]time.Duration) {
	for i, address := range addresses {
		half, most := spread(calm[address])
		busyHalf, busyMost := spread(busy[address])
		what := []string{"story page", "front"}[i]
		tell(fmt.Sprintf("  %s at rest: p50, p99", what), fmt.Sprintf("%.1f, %.1f ms", ms(half), ms(most)), "none", true)
		tell(fmt.Sprintf("  %s meanwhile: p50, p99", what), fmt.Sprintf("%.1f, %.1f ms", ms(busyHalf), ms(busyMost)), "50 ms", busyMost <= mostWait)
	}
}

// look reads each address once, as a reader without the page would.
func (s *server) look(took map[string][]time.Duration, addresses []string) error {
	for _, address := range addresses {
		began := time.Now()
		answer, _, err := get(s.url+address, "gzip")
		if err != nil {
			return err
		}
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answers %d", address, answer.StatusCode)
		}
		took[address] = append(took[address], time.Since(began))
		time.Sleep(betweenLooks)
	}
	return nil
}
