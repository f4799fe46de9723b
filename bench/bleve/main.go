// Command bleve measures Bleve over the stories and the queries of the
// program's own bench, which starts it: in a folder it finds stories.jsonl and
// queries.json, and there it leaves its index. It stands in a module of its
// own, so that what Bleve requires never touches the program.
//
// Texts are indexed with English stems and positions and not stored, as in the
// archive; an answer has its twenty best or newest and their number, but, unlike
// the archive's, no snippets and no counts, and nobody asks who may read what.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
)

func main() {
	if len(os.Args) != 2 {
		fail(errors.New("name the folder with stories.jsonl and queries.json"))
	}
	fail(measure(os.Args[1]))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bleve:", err)
		os.Exit(1)
	}
}

// story is a line of stories.jsonl.
type story struct {
	Headline, Text string
	Sent           time.Time
}

// kind is one kind of query.
type kind struct {
	Name    string
	Best    bool // by relevance, else the newest first
	Queries []string
}

func measure(dir string) error {
	var kinds []kind
	data, err := os.ReadFile(filepath.Join(dir, "queries.json"))
	if err == nil {
		err = json.Unmarshal(data, &kinds)
	}
	if err != nil {
		return err
	}
	folder := filepath.Join(dir, "index.bleve")
	index, err := bleve.New(folder, fields())
	if err != nil {
		return err
	}
	defer index.Close()
	began, worked := time.Now(), processor()
	n, err := fill(index, filepath.Join(dir, "stories.jsonl"))
	if err != nil {
		return err
	}
	tell(fmt.Sprintf("Bleve: index of %d stories, %.0f s of processors", n, (processor()-worked).Seconds()), time.Since(began).Round(time.Second).String())
	size, err := sizeOf(folder)
	if err != nil {
		return err
	}
	tell("  size of the index", fmt.Sprintf("%d MiB", size>>20))
	for _, k := range kinds {
		if err := k.measure(index); err != nil {
			return err
		}
	}
	return peak()
}

func fields() mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeInAll, text.DocValues, text.IncludeTermVectors = "en", false, false, false, true
	sent := bleve.NewDateTimeFieldMapping()
	sent.Store, sent.IncludeInAll = false, false
	document := bleve.NewDocumentStaticMapping()
	document.AddFieldMappingsAt("Text", text)
	document.AddFieldMappingsAt("Sent", sent)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = document
	return m
}

// fill indexes the stories, each as one text that begins with its headline.
func fill(index bleve.Index, file string) (int, error) {
	const atOnce = 1000
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	n, batch := 0, index.NewBatch()
	for lines.Scan() {
		var s story
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return n, err
		}
		s.Text = s.Headline + "\n" + s.Text
		if err := batch.Index(fmt.Sprint(n), s); err != nil {
			return n, err
		}
		if n++; batch.Size() == atOnce {
			if err := index.Batch(batch); err != nil {
				return n, err
			}
			batch.Reset()
		}
	}
	return n, errors.Join(lines.Err(), index.Batch(batch))
}

func (k kind) measure(index bleve.Index) error {
	took, worked := make([]time.Duration, 0, len(k.Queries)), processor()
	for _, q := range k.Queries {
		began := time.Now()
		r := bleve.NewSearchRequestOptions(asked(q), 20, 0, false)
		if !k.Best {
			r.SortBy([]string{"-Sent"})
		}
		if _, err := index.Search(r); err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	worked = processor() - worked
	slices.Sort(took)
	tell(fmt.Sprintf("  %s: median %s, %s of processors each, p99", k.Name, short(took[len(took)/2]), short(worked/time.Duration(len(took)))), short(took[len(took)*99/100]))
	return nil
}

func asked(q string) query.Query {
	if phrase, ok := strings.CutPrefix(q, `"`); ok {
		p := bleve.NewMatchPhraseQuery(strings.TrimSuffix(phrase, `"`))
		p.SetField("Text")
		return p
	}
	if start, ok := strings.CutSuffix(q, "*"); ok {
		p := bleve.NewPrefixQuery(strings.ToLower(start))
		p.SetField("Text")
		return p
	}
	m := bleve.NewMatchQuery(q)
	m.SetField("Text")
	m.SetOperator(query.MatchQueryOperatorAnd)
	return m
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

// processor is how long the processors have worked for this program.
func processor() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func sizeOf(folder string) (size int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

func peak() error {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	var kibibytes int64
	if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
		_, _ = fmt.Sscan(rest, &kibibytes)
	}
	tell("  peak memory, the mapped index included", fmt.Sprintf("%d MiB", kibibytes>>10))
	return nil
}

func tell(what, figure string) { fmt.Printf("%-86s %14s\n", what, figure) }
