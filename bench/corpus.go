package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"wireroom/story"
)

// printed is a story of the archive that is searched.
type printed struct {
	lang           story.Lang
	headline, text string
}

// corpus gives n stories: real ones over and over, each with a tenth of its
// words changed, and every fifth invented in Russian or Belarusian.
func corpus(n int) ([]printed, error) {
	real, err := realStories()
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(1, 2))
	var words []string
	for _, p := range real[:min(len(real), 2000)] {
		words = append(words, strings.Fields(p.text)...)
	}
	all := make([]printed, 0, n)
	for i := range n {
		if i%5 == 4 {
			all = append(all, slavic(r, []story.Lang{"ru", "be"}[i/5%2]))
			continue
		}
		p := real[i%len(real)]
		changed := strings.Fields(p.text)
		for j := range changed {
			if r.IntN(10) == 0 {
				changed[j] = words[r.IntN(len(words))]
			}
		}
		all = append(all, printed{"en", fmt.Sprintf("%s %d", p.headline, i), strings.Join(changed, " ")})
	}
	return all, nil
}

var tag = regexp.MustCompile(`<[^>]+>`)

func realStories() ([]printed, error) {
	data := os.Getenv("WIREROOM_TESTDATA")
	if data == "" {
		return nil, fmt.Errorf("the search is measured over real stories: set WIREROOM_TESTDATA")
	}
	f, err := os.Open(filepath.Join(data, "reuters21578", "stories.ninjs.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var all []printed
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var d struct {
			Headlines, Bodies []struct{ Value string }
		}
		if err := json.Unmarshal(s.Bytes(), &d); err != nil {
			return nil, err
		}
		if len(d.Headlines) > 0 && len(d.Bodies) > 0 {
			all = append(all, printed{"en", d.Headlines[0].Value, strings.TrimSpace(tag.ReplaceAllString(d.Bodies[0].Value, " "))})
		}
	}
	return all, s.Err()
}

var syllables = map[story.Lang][]string{
	"ru": strings.Fields("го ра ни во сто ка ле пре ди мо ви ска за по ми на то ре ши де ло про бо че ло ве жи"),
	"be": strings.Fields("га ра ні ва ста ка ле прэ дзі мо ві ска за па мі на то рэ шы дзе ло пра бо ча ла ве жы ўста"),
}

var endings = map[story.Lang][]string{
	"ru": strings.Fields("ов ами ого ему ть ла ли ная ный ные ство ка ки ние ния"),
	"be": strings.Fields("аў амі ага аму ць ла лі ная ны ныя ства ка кі нне ння"),
}

// slavic invents a story whose words are as unevenly common as real ones.
func slavic(r *rand.Rand, lang story.Lang) printed {
	word := func() string {
		// A word's rank decides its syllables, so common words come again.
		rank := int(math.Exp(r.Float64() * math.Log(30_000)))
		s := syllables[lang]
		w := s[rank%len(s)] + s[rank/len(s)%len(s)] + s[rank/len(s)/len(s)%len(s)] + endings[lang][r.IntN(len(endings[lang]))]
		if r.IntN(9) == 0 {
			first := []rune(w)
			w = strings.ToUpper(string(first[:1])) + string(first[1:])
		}
		return w
	}
	text := make([]string, 120)
	for i := range text {
		text[i] = word()
	}
	return printed{lang, strings.Join([]string{word(), word(), word(), word()}, " "), strings.Join(text, " ")}
}

// sentAt spreads so many stories over twenty years.
func sentAt(i, of int) time.Time {
	return time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC).Add(20 * 365 * 24 * time.Hour / time.Duration(of) * time.Duration(i))
}

// fill sends the stories.
func fill(ctx context.Context, stories *story.Store, texts []printed) error {
	const atOnce = 500
	for at := 0; at < len(texts); at += atOnce {
		var batch []story.Arrival
		for i, p := range texts[at:min(at+atOnce, len(texts))] {
			c := story.Content{Headline: p.headline, Sections: []string{[]string{"politics", "economy"}[i%2]}}
			for _, line := range strings.Split(p.text, "\n") {
				c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(line)))
			}
			batch = append(batch, story.Arrival{Source: fmt.Sprint("bench ", at+i), Lang: p.lang, Content: c, Sent: sentAt(at+i, len(texts)), Silent: true})
		}
		outcomes, err := stories.Import(ctx, batch)
		if err != nil {
			return err
		}
		for _, o := range outcomes {
			if o.Err != nil {
				return o.Err
			}
		}
	}
	return nil
}
