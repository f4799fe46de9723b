package agency

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"wireroom/web"
)

// patience is how long the database may take to answer before we are not ready.
const patience = 2 * time.Second

// health is what whoever watches over the program asks: whether it lives, and
// whether it should be sent readers.
func (a *Agency) health() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/healthz", Who: web.Anyone, Handler: func(w http.ResponseWriter, _ *http.Request) error {
			return plainly(w, http.StatusOK, "alive")
		}},
		{Method: "GET", Pattern: "/readyz", Who: web.Anyone, Handler: func(w http.ResponseWriter, r *http.Request) error {
			if why := a.notReady(r.Context()); why != "" {
				return plainly(w, http.StatusServiceUnavailable, why)
			}
			return plainly(w, http.StatusOK, "ready")
		}},
	}
}

// notReady says why readers should be sent elsewhere; "" if they should not.
func (a *Agency) notReady(ctx context.Context) string {
	if !a.open.Load() {
		return "stopping"
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if _, err := a.Wire.Head(ctx); err != nil {
		a.Log.Error("not ready", "error", err)
		return "the database does not answer"
	}
	return ""
}

func plainly(w http.ResponseWriter, status int, word string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, word+"\n")
	return nil
}

// figures count answers by the first digit of their status.
type figures struct{ answers [6]atomic.Int64 }

// counting counts the answers of h; only a program that shows its figures
// pays for it.
func (f *figures) counting(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &counter{ResponseWriter: w, status: http.StatusOK}
		defer func() { f.answers[min(max(c.status/100, 0), 5)].Add(1) }()
		h.ServeHTTP(c, r)
	})
}

type counter struct {
	http.ResponseWriter
	status int
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// metrics writes the program's figures in Prometheus' text format. None of
// them is about a reader.
func (a *Agency) metrics(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	figure := func(name, kind, help string, value any) {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s %v\n", name, help, name, kind, name, value)
	}
	const answers = "wireroom_http_answers_total"
	fmt.Fprintf(w, "# HELP %s Answers by class of status.\n# TYPE %s counter\n", answers, answers)
	for class := 1; class <= 5; class++ {
		fmt.Fprintf(w, "%s{class=\"%dxx\"} %d\n", answers, class, a.figures.answers[class].Load())
	}
	if head, err := a.Wire.Head(r.Context()); err == nil {
		figure("wireroom_wire_head", "gauge", "Number of the last record on the wire.", int64(head))
		figure("wireroom_pages_behind", "gauge", "Records that the pages have not seen yet.", max(int64(head)-a.seen.Load(), 0))
	}
	pages, bytes := a.press.Held()
	figure("wireroom_pages_held", "gauge", "Finished pages in memory.", pages)
	figure("wireroom_pages_bytes", "gauge", "What they weigh.", bytes)
	a.followerFigures(r.Context(), w)
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	figure("wireroom_memory_bytes", "gauge", "Memory taken from the system.", mem.Sys-mem.HeapReleased)
	figure("wireroom_goroutines", "gauge", "Goroutines that run.", runtime.NumGoroutine())
}

func (a *Agency) followerFigures(ctx context.Context, w io.Writer) {
	all, err := a.Wire.Followers(ctx)
	if err != nil || len(all) == 0 {
		return
	}
	const cursor, failing = "wireroom_follower_cursor", "wireroom_follower_failing"
	fmt.Fprintf(w, "# HELP %s Last record that the follower was given.\n# TYPE %s gauge\n", cursor, cursor)
	for _, f := range all {
		fmt.Fprintf(w, "%s{follower=%q} %d\n", cursor, f.Name, int64(f.Cursor))
	}
	fmt.Fprintf(w, "# HELP %s Whether the next record does not arrive.\n# TYPE %s gauge\n", failing, failing)
	for _, f := range all {
		bad := 0
		if f.Error != "" {
			bad = 1
		}
		fmt.Fprintf(w, "%s{follower=%q} %d\n", failing, f.Name, bad)
	}
}
