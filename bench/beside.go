package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// line is a story in the file that others read.
type line struct {
	Headline, Text string
	Sent           time.Time
}

// lay puts the stories and the queries where others find them.
func lay(dir string, texts []printed, kinds []kindOf) error {
	asked, err := json.Marshal(kinds)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "queries.json"), asked, 0o600)
	}
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "stories.jsonl"))
	if err != nil {
		return err
	}
	defer f.Close()
	buffered := bufio.NewWriter(f)
	lines := json.NewEncoder(buffered)
	for i, p := range texts {
		if err := lines.Encode(line{p.headline, p.text, sentAt(i, len(texts))}); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// others measures FTS5 as it comes and Bleve, each in a process of its own.
func others(dir string) error {
	folder, err := filepath.Abs(filepath.Join("bench", "beside"))
	if err != nil {
		return err
	}
	binary := filepath.Join(dir, "beside")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = folder
	if said, err := build.CombinedOutput(); err != nil {
		fmt.Printf("FTS5 as it comes and Bleve are not measured, for they do not build:\n%s\n", said)
		return nil
	}
	for _, engine := range []string{"fts5", "bleve"} {
		c := exec.Command(binary, engine, dir)
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if err := c.Run(); err != nil {
			return err
		}
	}
	return nil
}

// typical tells the median and the 99th of a hundred.
func typical(took []time.Duration) (median, p99 time.Duration) {
	slices.Sort(took)
	return took[len(took)/2].Round(10 * time.Microsecond), took[len(took)*99/100].Round(10 * time.Microsecond)
}
