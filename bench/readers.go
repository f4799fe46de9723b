package main

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	accounts    = 100_000
	atATime     = 50_000 // that one list holds
	subscribers = 100    // who read at once, each with a session of their own
	readersPlan = "pozirk-plus"
)

// readers measures what an agency's readers cost: the size of their accounts,
// and pages for subscribers against a server that does nothing else.
func readers(dir string) error {
	data := filepath.Join(dir, "readers")
	if _, err := run("init", "--data", data, "--name", "Pozirk", "--languages", "en", "--sections", "Politics", "--plan", "POZIRK+"); err != nil {
		return err
	}
	if _, err := run("staff", "add", "--data", data, "--name", "Ada", "--email", "ada@example.org", "--role", "chief"); err != nil {
		return err
	}
	before, err := databaseSize(data)
	if err != nil {
		return err
	}
	if err := served(data, (*server).takeReaders); err != nil {
		return err
	}
	after, err := databaseSize(data)
	if err != nil {
		return err
	}
	tell(fmt.Sprintf("%d accounts with a plan in the database", accounts), fmt.Sprintf("%.1f MB", float64(after-before)/1e6), "≤ 60 MB", after-before <= 60e6)
	return served(data, (*server).subscribed)
}

// databaseSize is that of the file after the program has ended.
func databaseSize(data string) (int64, error) {
	f, err := os.Stat(filepath.Join(data, "wireroom.db"))
	if err != nil {
		return 0, err
	}
	return f.Size(), nil
}

// takeReaders brings lists of subscribers in at the desk.
func (s *server) takeReaders() error {
	ada, err := s.signIn("ada@example.org")
	if err != nil {
		return err
	}
	for from := 0; from < accounts; from += atATime {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		_ = form.WriteField("plan", readersPlan)
		_ = form.WriteField("until", time.Now().AddDate(1, 0, 0).Format(time.DateOnly))
		file, err := form.CreateFormFile("file", "list.csv")
		if err != nil {
			return err
		}
		fmt.Fprintln(file, "email,plan")
		for n := range atATime {
			fmt.Fprintf(file, "reader.%06d@mail.example.org,%s\n", from+n, readersPlan)
		}
		if err := form.Close(); err != nil {
			return err
		}
		answer, page, err := read(ada.Post(s.url+"/desk/readers/lists", form.FormDataContentType(), &body))
		if err != nil {
			return err
		}
		if answer.StatusCode != http.StatusOK || !bytes.Contains(page, []byte(strconv.Itoa(atATime))) {
			return fmt.Errorf("the list of readers answers %d", answer.StatusCode)
		}
	}
	return nil
}

// subscribed compares a locked story's page, asked for by subscribers in turn,
// with the bare server.
func (s *server) subscribed() error {
	ada, err := s.signIn("ada@example.org")
	if err != nil {
		return err
	}
	page, err := s.locked(ada)
	if err != nil {
		return err
	}
	sessions, err := s.sessions()
	if err != nil {
		return err
	}
	answer, body, err := s.asSubscriber(page, sessions[0])
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Encoding") != "gzip" {
		return fmt.Errorf("a subscriber is answered %d, %q", answer.StatusCode, answer.Header.Get("Content-Encoding"))
	}
	bare, stop, err := startBare(kept{answer.Header, body})
	if err != nil {
		return err
	}
	defer stop()
	script, err := inTurn(filepath.Dir(s.data), sessions)
	if err != nil {
		return err
	}
	read, err := s.diskReads()
	if err != nil {
		return err
	}
	var ours, theirs []float64
	for range rounds {
		a, err := wrk(s.url+page, "gzip", "-s", script)
		if err != nil {
			return err
		}
		b, err := wrk(bare+page, "gzip", "-s", script)
		if err != nil {
			return err
		}
		ours, theirs = append(ours, a), append(theirs, b)
	}
	again, err := s.diskReads()
	if err != nil {
		return err
	}
	ratio := median(ours) / median(theirs)
	what := fmt.Sprintf("locked story, %d subscribers (%d bytes): %.0f/s against %.0f/s", subscribers, len(body), median(ours), median(theirs))
	tell(what, fmt.Sprintf("%.2f", ratio), "≥ 0.60", ratio >= 0.6)
	tell("  sessions checked a second", fmt.Sprintf("%.0f", median(ours)), "≥ 10000", median(ours) >= 10_000)
	tell("  read from the disk meanwhile", fmt.Sprintf("%d bytes", again-read), "0", again == read)
	return nil
}

// locked sends a story for subscribers and gives its page.
func (s *server) locked(ada *http.Client) (string, error) {
	body := strings.Repeat("The council met on Friday and decided what it had to decide before the summer. ", 60)
	answer, page, err := read(ada.PostForm(s.url+"/desk/stories", url.Values{"lang": {"en"}, "headline": {"Council meets"},
		"section": {"politics"}, "plan": {readersPlan}, "body": {"It met.\n\n" + body}, "do": {"save"}}))
	if err != nil {
		return "", err
	}
	number := storyNumber.FindSubmatch(page)
	if number == nil {
		return "", fmt.Errorf("the desk does not tell the number of the story")
	}
	_, _, err = read(ada.PostForm(s.url+answer.Request.URL.Path+"/release", url.Values{"base": {"1"}, "sure": {"yes"}}))
	return "/en/news/" + string(number[1]), err
}

// sessions signs subscribers in.
func (s *server) sessions() ([]string, error) {
	site, err := url.Parse(s.url)
	if err != nil {
		return nil, err
	}
	var all []string
	for n := range subscribers {
		made, err := run("link", "--data", s.data, "--reader", fmt.Sprintf("Subscriber %d", n), "--plan", readersPlan, "--until", "2099-12-31")
		if err != nil {
			return nil, err
		}
		i := strings.Index(made.out, "/account/sign-in/")
		if i < 0 {
			return nil, fmt.Errorf("no link in %q", made.out)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		if _, _, err := read((&http.Client{Jar: jar}).PostForm(s.url+strings.Fields(made.out[i:])[0], nil)); err != nil {
			return nil, err
		}
		if len(jar.Cookies(site)) == 0 {
			return nil, fmt.Errorf("the link signs nobody in")
		}
		all = append(all, jar.Cookies(site)[0].String())
	}
	return all, nil
}

func (s *server) asSubscriber(page, cookie string) (*http.Response, []byte, error) {
	r, err := http.NewRequest(http.MethodGet, s.url+page, nil)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("Cookie", cookie)
	return read(http.DefaultTransport.RoundTrip(r))
}

// inTurn writes a script by which wrk asks as each of the sessions in turn.
func inTurn(dir string, sessions []string) (string, error) {
	path := filepath.Join(dir, "sessions.lua")
	script := fmt.Sprintf(`local cookies = {"%s"}
local n = 0
request = function()
	n = n %% #cookies + 1
	return wrk.format("GET", nil, {["Cookie"] = cookies[n], ["Accept-Encoding"] = "gzip"})
end
`, strings.Join(sessions, `", "`))
	return path, os.WriteFile(path, []byte(script), 0o600)
}

// diskReads is how many bytes the program has had fetched from the disk.
func (s *server) diskReads() (int64, error) {
	io, err := os.ReadFile(fmt.Sprintf("/proc/%d/io", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(io)) {
		if n, ok := strings.CutPrefix(line, "read_bytes: "); ok {
			return strconv.ParseInt(strings.TrimSpace(n), 10, 64)
		}
	}
	return 0, fmt.Errorf("the system does not tell what the program reads")
}
