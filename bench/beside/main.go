// Command beside measures what others make of the stories and the queries of
// the program's own bench, which starts it: FTS5 as it comes, or Bleve. In a
// folder it finds stories.jsonl and queries.json, and there it leaves its index.
// It stands in a module of its own, so that what Bleve requires never touches
// the program.
//
// An answer is the twenty best or newest. Unlike the archive, neither looks for
// names, counts by section, language and year, or asks who may read what.
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
)

const (
	// atOnce is how many stories one change brings.
	atOnce = 1000
	// shown is how many stories an answer has.
	shown = 20
)

var engines = map[string]func(dir string, kinds []kind) error{"fts5": inFTS5, "bleve": inBleve}

func main() {
	if len(os.Args) != 3 || engines[os.Args[1]] == nil {
		fail(errors.New("name fts5 or bleve, and the folder with stories.jsonl and queries.json"))
	}
	var kinds []kind
	data, err := os.ReadFile(filepath.Join(os.Args[2], "queries.json"))
	fail(err)
	fail(json.Unmarshal(data, &kinds))
	fail(engines[os.Args[1]](os.Args[2], kinds))
	fail(peak())
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "beside:", err)
		os.Exit(1)
	}
}

// story is a line of stories.jsonl.
type story struct {
	Headline, Text string
	Sent           time.Time
}

// fill reads the stories for an engine, and tells how long it took. Several
// are added before a change is made of them.
func fill(engine, dir string, add func(n int, s story) error, change func() error) error {
	f, err := os.Open(filepath.Join(dir, "stories.jsonl"))
	if err != nil {
		return err
	}
	defer f.Close()
	began, worked, n := time.Now(), processor(), 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var s story
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return err
		}
		if err := add(n, s); err != nil {
			return err
		}
		if n++; n%atOnce == 0 {
			if err := change(); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(lines.Err(), change()); err != nil {
		return err
	}
	tell(fmt.Sprintf("%s: index of %d stories, %.0f s of processors", engine, n, (processor()-worked).Seconds()), time.Since(began).Round(time.Second).String())
	return nil
}

// kind is one kind of query.
type kind struct {
	Name    string
	Best    bool // by relevance, else the newest first
	Queries []string
}

func measure(kinds []kind, ask func(k kind, q string) (int, error)) error {
	for _, k := range kinds {
		took, worked, total := make([]time.Duration, 0, len(k.Queries)), processor(), 0
		for _, q := range k.Queries {
			began := time.Now()
			n, err := ask(k, q)
			if err != nil {
				return err
			}
			took, total = append(took, time.Since(began)), total+n
		}
		each := (processor() - worked) / time.Duration(len(took))
		slices.Sort(took)
		tell(fmt.Sprintf("  %s: median %s, %s of processors each, %d shown, p99", k.Name, short(took[len(took)/2]), short(each), total/len(took)), short(took[len(took)*99/100]))
	}
	return nil
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

// sizes tells how large what lies under a path is.
func sizes(path string) error {
	var size int64
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	tell("  size of the index", fmt.Sprintf("%d MiB", size>>20))
	return err
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
