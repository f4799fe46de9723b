package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	streamLines  = 5000
	streamRounds = 20
	// settling is until what connecting took is given back to the system.
	settling = 12 * time.Second
)

// streaming measures the stream beside nchan, nginx's module for the same: so
// many lines each, and messages of one size to all of them, in turn. Both are
// read by this program, whose work is in both figures.
func streaming(dir string) error {
	s, err := streamDemo(filepath.Join(dir, "demo"))
	if err != nil {
		return err
	}
	defer s.stop()
	if err := s.rests(); err != nil {
		return err
	}
	before, err := s.resident()
	if err != nil {
		return err
	}
	ours, err := openLines(strings.TrimPrefix(s.url, "http://"), "/wire/v1/stream", s.token)
	if err != nil {
		return err
	}
	defer ours.close()
	time.Sleep(settling)
	if err := s.rests(); err != nil {
		return err
	}
	after, err := s.resident()
	if err != nil {
		return err
	}
	theirs, n, err := nchanLines(filepath.Join(dir, "nginx"))
	if err != nil {
		return err
	}
	defer n.stop()
	defer theirs.close()
	var us, them []time.Duration
	for round := range streamRounds {
		headline := fmt.Sprintf("Bench round %d of the stream", round)
		if err := s.sends(headline); err != nil {
			return err
		}
		took, size, err := ours.arrivals()
		if err != nil {
			return err
		}
		us = append(us, took...)
		began := time.Now()
		if err := n.publish(began, size); err != nil {
			return err
		}
		if took, _, err = theirs.arrivals(); err != nil {
			return err
		}
		them = append(them, took...)
	}
	half, most := spread(us)
	nhalf, nmost := spread(them)
	tell("release → 5,000 lines: p50, p99", fmt.Sprintf("%.1f, %.1f ms", ms(half), ms(most)), "75 ms", most <= 75*time.Millisecond)
	tell("the same by nchan: p50, p99", fmt.Sprintf("%.1f, %.1f ms", ms(nhalf), ms(nmost)), "ours ≤", most <= nmost)
	each, theirEach := (after-before)/streamLines, n.memory/streamLines
	tell("memory of a line", fmt.Sprintf("%.1f KB", float64(each)/1000), "12 KB", each <= 12_000)
	tell("the same by nchan", fmt.Sprintf("%.1f KB", float64(theirEach)/1000), "none", true)
	return nil
}

// sold is a demo that serves, its chief at the desk and its client's token.
type sold struct {
	*server
	chief *http.Client
	token string
}

func streamDemo(dir string) (*sold, error) {
	cmd := exec.Command(program, "demo", "--dir", dir, "--addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "demo: ready") {
			break
		}
	}
	var r struct {
		URL, Wire string
		Sessions  map[string]struct{ Cookie, Value string }
	}
	data, err := os.ReadFile(filepath.Join(dir, "demo.json"))
	if err == nil {
		err = json.Unmarshal(data, &r)
	}
	s := &sold{server: &server{cmd: cmd, url: strings.TrimSuffix(r.URL, "/"), data: dir}, token: r.Wire}
	if err != nil {
		return nil, errors.Join(err, cmd.Process.Kill())
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	at, err := url.Parse(s.url)
	if err != nil {
		return nil, err
	}
	jar.SetCookies(at, []*http.Cookie{{Name: r.Sessions["chief"].Cookie, Value: r.Sessions["chief"].Value}})
	s.chief = &http.Client{Jar: jar}
	if err := s.allows(); err != nil {
		return nil, err
	}
	// The first rounds are not to pay for what is made when first asked for.
	return s, s.sends("Bench begins")
}

var clientPage = regexp.MustCompile(`/desk/clients/[0-9a-f-]{36}`)

// allows lets the client connect as often as the measurement does.
func (s *sold) allows() error {
	_, page, err := read(s.chief.Get(s.url + "/desk/clients"))
	if err != nil {
		return err
	}
	answer, body, err := read(s.chief.PostForm(s.url+clientPage.FindString(string(page)),
		url.Values{"name": {"Radio Example"}, "starts": {"2020-01-01"}, "rate": {"100000"}, "lang": {"en"}}))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the contract cannot be changed: %d %.500s", answer.StatusCode, body)
	}
	return err
}

// sends writes a story and releases it.
func (s *sold) sends(headline string) error {
	answer, _, err := read(s.chief.PostForm(s.url+"/desk/stories", url.Values{"lang": {"en"}, "headline": {headline},
		"section": {"politics"}, "body": {"So it is."}, "open": {"yes"}, "do": {"save"}}))
	if err != nil {
		return err
	}
	id := path.Base(answer.Request.URL.Path)
	answer, body, err := read(s.chief.PostForm(s.url+"/desk/stories/"+id+"/release", url.Values{"base": {"1"}, "sure": {"yes"}}))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the release answers %d: %.500s", answer.StatusCode, body)
	}
	return err
}

// arrivals waits until one message has come on every line.
func (l *lines) arrivals() ([]time.Duration, int, error) {
	late := time.NewTimer(30 * time.Second)
	defer late.Stop()
	select {
	case <-l.whole:
	case err := <-l.wrong:
		return nil, 0, err
	case <-late.C:
		return nil, 0, fmt.Errorf("of %d lines %d were sent the message", len(l.held), l.shown.Load()%streamLines)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	all, size := make([]time.Duration, 0, len(l.took)), 0
	for _, a := range l.took {
		all, size = append(all, a.took), max(size, a.size)
	}
	l.took = l.took[:0]
	return all, size, nil
}

const nchanConfig = `load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
worker_processes auto; worker_rlimit_nofile 20000; pid %[1]s/pid; error_log %[1]s/error.log;
events { worker_connections 12000; }
http {
	access_log off; client_body_temp_path %[1]s/body;
	server {
		listen 127.0.0.1:%[2]d backlog=4096;
		location /sub { nchan_subscriber eventsource; nchan_channel_id wire; nchan_eventsource_ping_interval 0; nchan_subscriber_first_message newest; }
		location /pub { nchan_publisher; nchan_channel_id wire; nchan_message_buffer_length 10; }
	}
}
`

// nchan is an nginx with the module.
type nchan struct {
	cmd    *exec.Cmd
	url    string
	memory int64 // that its lines take, in bytes
}

func nchanLines(dir string) (*lines, *nchan, error) {
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	port := probe.Addr().(*net.TCPAddr).Port
	if err := errors.Join(probe.Close(), os.MkdirAll(dir, 0o750)); err != nil {
		return nil, nil, err
	}
	config := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, nchanConfig, dir, port), 0o600); err != nil {
		return nil, nil, err
	}
	n := &nchan{cmd: exec.Command("nginx", "-c", config, "-g", "daemon off;"), url: "127.0.0.1:" + strconv.Itoa(port)}
	if err := n.cmd.Start(); err != nil {
		return nil, nil, fmt.Errorf("nginx with nchan does not start: %w", err)
	}
	for range 100 {
		if c, err := net.Dial("tcp", n.url); err == nil {
			_ = c.Close()
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	before := n.resident()
	l, err := openLines(n.url, "/sub", "")
	n.memory = n.resident() - before
	return l, n, err
}

// resident is the memory that nginx and its workers have to themselves, in
// bytes.
func (n *nchan) resident() (all int64) {
	workers, _ := exec.Command("pgrep", "-P", strconv.Itoa(n.cmd.Process.Pid)).Output()
	for pid := range strings.FieldsSeq(string(workers) + " " + strconv.Itoa(n.cmd.Process.Pid)) {
		data, err := os.ReadFile("/proc/" + pid + "/smaps_rollup")
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(data)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "Pss:" {
				kib, _ := strconv.ParseInt(f[1], 10, 64)
				all += kib << 10
			}
		}
	}
	return all
}

// publish sends a message as long as one of ours.
func (n *nchan) publish(at time.Time, size int) error {
	head := `{"at":"` + at.UTC().Format(time.RFC3339Nano) + `","text":"`
	body := head + strings.Repeat("x", max(size-len(head)-8, 1)) + `"}`
	answer, _, err := read(http.Post("http://"+n.url+"/pub", "application/json", strings.NewReader(body)))
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("nchan answers %d", answer.StatusCode)
	}
	return err
}

func (n *nchan) stop() {
	_ = n.cmd.Process.Signal(os.Interrupt)
	_ = n.cmd.Wait()
}
