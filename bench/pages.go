package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	bareCommand = "bare"
	rounds      = 5
	seconds     = "4s"
)

// kept is an answer that the bare server gives to every request.
type kept struct {
	Header http.Header
	Body   []byte
}

// pages compares a story page with a server that gives the same bytes and
// does nothing else, turn by turn.
func pages(s *server) error {
	story, err := s.anyStory()
	if err != nil {
		return err
	}
	for _, coding := range []string{"gzip", "br"} {
		if err := s.compare(story, coding); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) anyStory() (string, error) { return s.storyOn("/en/latest?page=20") }

func (s *server) firstStory() (string, error) { return s.storyOn("/en/latest") }

// storyOn gives the address of a story that a list leads to.
func (s *server) storyOn(list string) (string, error) {
	_, body, err := get(s.url+list, "identity")
	if err != nil {
		return "", err
	}
	link := regexp.MustCompile(`/en/news/\d+`).Find(body)
	if link == nil {
		return "", fmt.Errorf("there is no story at %s", list)
	}
	return string(link), nil
}

func (s *server) compare(story, coding string) error {
	answer, body, err := get(s.url+story, coding)
	if err != nil {
		return err
	}
	if got := answer.Header.Get("Content-Encoding"); got != coding {
		return fmt.Errorf("asked for %s, the page comes as %q", coding, got)
	}
	bare, stop, err := startBare(kept{answer.Header, body})
	if err != nil {
		return err
	}
	defer stop()
	var ours, theirs []float64
	for range rounds {
		a, err := wrk(s.url+story, coding)
		if err != nil {
			return err
		}
		b, err := wrk(bare+story, coding)
		if err != nil {
			return err
		}
		ours, theirs = append(ours, a), append(theirs, b)
	}
	ratio := median(ours) / median(theirs)
	what := fmt.Sprintf("story page (%s, %d bytes): %.0f/s against %.0f/s", coding, len(body), median(ours), median(theirs))
	tell(what, fmt.Sprintf("%.2f", ratio), "≥ 0.80", ratio >= 0.8)
	return nil
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

var perSecond = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)

// wrk asks as fast as it can and tells how many answers it got a second.
func wrk(url, coding string, more ...string) (float64, error) {
	args := append([]string{"-t1", "-c32", "-d" + seconds, "-H", "Accept-Encoding: " + coding}, more...)
	out, err := exec.Command("wrk", append(args, url)...).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	if strings.Contains(string(out), "Non-2xx") {
		return 0, fmt.Errorf("wrk: not every answer is good:\n%s", out)
	}
	m := perSecond.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("wrk says\n%s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// startBare runs the bare server in a process of its own.
func startBare(k kept) (url string, stop func(), err error) {
	dir, err := os.MkdirTemp("", "wireroom-bare-")
	if err != nil {
		return "", nil, err
	}
	data, err := json.Marshal(k)
	if err != nil {
		return "", nil, err
	}
	file := filepath.Join(dir, "answer.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return "", nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	cmd := exec.Command(self, bareCommand, file, "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	stop = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	}
	return strings.TrimSpace(line), stop, err
}

// serveBare answers every request with the same bytes and headers.
func serveBare(file, addr string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		return err
	}
	k.Header.Del("Date")
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Println("http://" + l.Addr().String())
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for name, values := range k.Header {
			h[name] = values
		}
		_, _ = w.Write(k.Body)
	}))
}
