package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"wireroom/intake"
)

// everySo is how often a plain line tells how far an import has come.
const everySo = 5 * time.Second

// progress shows how far an import has come: a bar on a terminal, plain lines
// otherwise, nothing to a script that wants JSON.
type progress struct {
	w    io.Writer
	bar  *progressbar.ProgressBar
	last time.Time
	mute bool
}

func newProgress(out *output) *progress {
	p := &progress{w: out.stderr, last: time.Now(), mute: out.json}
	f, ok := out.stderr.(*os.File)
	if !p.mute && ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(-1, progressbar.OptionSetWriter(f), progressbar.OptionShowBytes(true),
			progressbar.OptionFullWidth(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

func (p *progress) tell(now intake.Progress) {
	switch {
	case p.mute:
	case p.bar != nil:
		if now.Total > 0 {
			p.bar.ChangeMax64(max(now.Total, now.Read+1))
		}
		p.bar.Describe(fmt.Sprintf("%d stories", now.Seen))
		_ = p.bar.Set64(now.Read)
	case time.Since(p.last) >= everySo:
		p.last = time.Now()
		fmt.Fprintln(p.w, line(now))
	}
}

// count shows how many lines or pictures of a file are done.
func (p *progress) count(file string, n int64) {
	switch {
	case p.mute:
	case p.bar != nil:
		p.bar.Describe(fmt.Sprintf("%s: %d", file, n))
		_ = p.bar.RenderBlank()
	case time.Since(p.last) >= everySo:
		p.last = time.Now()
		fmt.Fprintf(p.w, "%s: %d\n", file, n)
	}
}

func line(now intake.Progress) string {
	if now.Total == 0 {
		return fmt.Sprintf("%d stories", now.Seen)
	}
	return fmt.Sprintf("%d stories, %d %% of the bytes, at %s", now.Seen, 100*now.Read/now.Total, now.File)
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
