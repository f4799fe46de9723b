package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const invented = 13184

// archive gives the file with the stories that are taken in.
func archive(dir string) (string, error) {
	if data := os.Getenv("WIREROOM_TESTDATA"); data != "" {
		file := filepath.Join(data, "reuters21578", "stories.ninjs.jsonl.gz")
		_, err := os.Stat(file)
		return file, err
	}
	fmt.Println("WIREROOM_TESTDATA is not set: the stories are invented")
	file := filepath.Join(dir, "stories.jsonl")
	return file, invent(file, "bench", invented)
}

// invent writes so many stories, all of them alike but for their words.
func invent(file, kind string, stories int) error {
	var b strings.Builder
	words := strings.Fields("grain prices rose after the ministry said on Friday that exports of wheat and oats would not be limited before spring")
	for n := range stories {
		text := ""
		for i := range 120 {
			text += words[(n*7+i*i)%len(words)] + " "
		}
		fmt.Fprintf(&b, `{"uri":"urn:%s:%d","type":"text","language":"en","headline":"Story %d on %s","versioncreated":"1987-%02d-%02dT10:00:00Z","body_text":"%s"}`+"\n",
			kind, n, n, words[n%len(words)], n%12+1, n%28+1, text)
	}
	return os.WriteFile(file, []byte(b.String()), 0o600)
}

var taken = regexp.MustCompile(`(\d+) taken`)

// takeIn imports the stories, and then again. It says how many there are.
func takeIn(data, stories string) (int, error) {
	first, err := run("import", "ninjs", "--data", data, stories)
	if err != nil {
		return 0, err
	}
	n, err := count(first.out)
	if err != nil {
		return 0, err
	}
	rate := float64(n) / first.took.Seconds()
	tell(fmt.Sprintf("import of %d stories, a second", n), fmt.Sprintf("%.0f", rate), "≥ 2000", rate >= 2000)
	tell("  peak memory", mebibytes(first.peak), "< 300 MiB", first.peak < 300<<20)
	again, err := run("import", "ninjs", "--data", data, stories)
	if err != nil {
		return 0, err
	}
	added, err := count(again.out)
	if err != nil {
		return 0, err
	}
	tell("  added by the same import again", strconv.Itoa(added), "0", added == 0)
	return n, nil
}

func count(said string) (int, error) {
	m := taken.FindStringSubmatch(said)
	if m == nil {
		return 0, fmt.Errorf("the import does not say how many it took:\n%s", said)
	}
	return strconv.Atoi(m[1])
}

var storyLink = regexp.MustCompile(`<loc>[^<]*(/en/news/\d+)</loc>`)

// walk reads every story page once and tells the memory after it.
func walk(s *server) error {
	pages := 0
	for page := 1; ; page++ {
		address := s.url + "/en/sitemap.xml"
		if page > 1 {
			address += "?page=" + strconv.Itoa(page)
		}
		answer, body, err := get(address, "identity")
		if err != nil {
			return err
		}
		if answer.StatusCode == http.StatusNotFound {
			break
		}
		for _, m := range storyLink.FindAllStringSubmatch(string(body), -1) {
			if answer, _, err := get(s.url+m[1], "gzip"); err != nil || answer.StatusCode != http.StatusOK {
				return fmt.Errorf("%s answers badly: %w", m[1], err)
			}
			pages++
		}
	}
	held, err := s.resident()
	if err != nil {
		return err
	}
	tell(fmt.Sprintf("resident memory after %d story pages", pages), mebibytes(held), "≤ 200 MiB", held <= 200<<20 && pages > 13000)
	return nil
}

func read(answer *http.Response, err error) (*http.Response, []byte, error) {
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer, body, err
}
