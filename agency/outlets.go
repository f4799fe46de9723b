package agency

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"wireroom/masthead"
	"wireroom/story"
	"wireroom/wire"
)

// outlet is a place in this process where readers find what was sent. A record
// has arrived there when the answer that readers get, made after the record,
// is ready.
type outlet struct {
	name string
	lang masthead.Lang // of the records that concern it; "" is all
	at   func(r wire.Record) (string, error)
	slow bool // those who ask there come by the minute: it gives way to readers
}

// outlets are the story's page, each edition's feed and the sitemap that search
// engines read for news.
func (a *Agency) outlets() []outlet {
	always := func(path string) func(wire.Record) (string, error) {
		return func(wire.Record) (string, error) { return path, nil }
	}
	all := []outlet{{name: "site", at: storyPath}}
	for _, lang := range a.house.get().Languages {
		all = append(all, outlet{name: "feeds " + string(lang), lang: lang, at: always("/" + string(lang) + "/rss.xml")})
	}
	return append(all, outlet{name: "sitemap", at: always("/news-sitemap.xml"), slow: true})
}

func storyPath(r wire.Record) (string, error) {
	n, err := story.NumberOn(r)
	return "/" + r.Lang + "/news/" + strconv.FormatInt(int64(n), 10), err
}

// follower is how far an outlet has come.
type follower struct {
	outlet
	cursor   wire.Number
	failures int
	again    time.Time   // when it is tried again, or a slow one for the first time
	waiting  wire.Number // the head that a slow one waits to stay the head
	latest   time.Time   // when a slow one waits no longer
}

// followOutlets asks, after each record, for what readers ask for, and keeps
// book of when it was ready. Nobody waits for it: the pages from before the
// record are dropped already.
func (a *Agency) followOutlets(ctx context.Context) {
	w := watcher{agency: a, desk: a.Handler(), ledger: a.Wire.Ledger(a.node()), at: map[string]*follower{}}
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		w.ledger.Keep(ctx, func(err error) { a.Log.Warn("arrivals cannot be noted", "error", err) })
	}()
	for ctx.Err() == nil {
		head := wire.Number(a.seen.Load())
		a.face().ticker.LetPass(ctx, head)
		wait, err := w.round(ctx, head)
		if err != nil {
			a.stumble(ctx, "the wire cannot be followed", err)
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-a.fresh:
		case <-timer.C:
		}
		timer.Stop()
	}
	<-kept
}

// watcher asks in the place of readers.
type watcher struct {
	agency *Agency
	desk   http.Handler
	ledger *wire.Ledger
	at     map[string]*follower
}

// looksAgain is how long the outlets are left alone while nothing happens.
const looksAgain = time.Minute

// round brings each outlet up to head, or as far as it comes. It says how long
// to wait unless something happens.
func (w *watcher) round(ctx context.Context, head wire.Number) (time.Duration, error) {
	read := map[wire.Number][]wire.Record{}
	now := map[string]bool{}
	for _, o := range w.agency.outlets() {
		now[o.name] = true
		f := w.at[o.name]
		if f == nil {
			cursor, err := w.ledger.Begin(ctx, o.name)
			if err != nil {
				return 0, err
			}
			f = &follower{cursor: cursor}
			w.at[o.name] = f
		}
		f.outlet = o
		if err := w.advance(ctx, f, head, read); err != nil {
			return 0, err
		}
	}
	wait := looksAgain
	for name, f := range w.at {
		switch {
		case !now[name]:
			w.ledger.Drop(name)
			delete(w.at, name)
		case f.cursor < head:
			wait = min(wait, max(time.Until(f.again), 0))
		}
	}
	return wait, nil
}

// A slow outlet leaves the processor to readers until nothing has been sent for
// as long as quiet, but for longest at the most.
const (
	quiet   = 500 * time.Millisecond
	longest = 10 * time.Second
)

// givesWay reports whether a slow outlet still waits for a quiet moment.
func (f *follower) givesWay(head wire.Number, now time.Time) bool {
	if !f.slow || f.failures > 0 {
		return false
	}
	if f.latest.IsZero() {
		f.latest = now.Add(longest)
	}
	if f.waiting != head {
		f.waiting, f.again = head, now.Add(quiet)
		if f.again.After(f.latest) {
			f.again = f.latest
		}
	}
	return now.Before(f.again)
}

// atOnce is how many records an outlet takes in one round. If there are more, an
// archive is being taken in, and those who read meanwhile are not to wait for
// whoever only looks: it looks once a second.
const (
	atOnce = 1000
	inFlow = time.Second
)

func (w *watcher) advance(ctx context.Context, f *follower, head wire.Number, read map[wire.Number][]wire.Record) error {
	now := time.Now()
	if f.cursor >= head || f.givesWay(head, now) || now.Before(f.again) {
		return nil
	}
	records, known := read[f.cursor]
	if !known {
		var err error
		if records, err = w.agency.Wire.After(ctx, f.cursor, atOnce); err != nil {
			return err
		}
		read[f.cursor] = records
	}
	var news []wire.Record
	last := f.cursor
	for _, r := range records {
		if r.Number > head {
			break
		}
		last = r.Number
		if !r.Silent && (f.lang == "" || f.lang == masthead.Lang(r.Lang)) {
			news = append(news, r)
		}
	}
	if err := w.deliver(ctx, f, news); err != nil {
		if ctx.Err() == nil && f.failures == 0 {
			w.agency.Log.Warn("a release does not arrive", "follower", f.name, "error", err)
		}
		f.failures++
		f.again = time.Now().Add(min(30*time.Second, 50*time.Millisecond<<min(f.failures, 10)))
		return nil
	}
	f.failures, f.cursor, f.again, f.latest = 0, last, time.Time{}, time.Time{}
	if len(records) == atOnce {
		f.again = now.Add(inFlow)
	}
	w.ledger.Passed(f.name, last)
	return nil
}

// eachAsked is how many records of a batch are asked for one by one. After a
// standstill it is enough that the last is there: nothing older can be served.
const eachAsked = 10

// deliver asks for what each record changed and notes when it was there.
func (w *watcher) deliver(ctx context.Context, f *follower, news []wire.Record) error {
	asked, waiting := "", []wire.Record(nil)
	for i, r := range news {
		path, err := f.at(r)
		waiting = append(waiting, r)
		if len(news) > eachAsked && i < len(news)-1 {
			continue
		}
		if err == nil && path != asked {
			err = w.ask(ctx, path)
		}
		if err != nil {
			w.ledger.Failed(f.name, waiting[0].Number, err)
			return err
		}
		asked = path
		w.ledger.Arrived(f.name, w.agency.now(), waiting...)
		f.cursor, waiting = r.Number, nil
	}
	return nil
}

// ask asks for a page as a reader without a cookie would. That there is nothing
// to be seen, or no longer, is an answer like any other.
func (w *watcher) ask(ctx context.Context, path string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.agency.readersHost()+path, nil)
	if err != nil {
		return err
	}
	r.RequestURI = path
	a := &answer{header: http.Header{}, status: http.StatusOK}
	w.desk.ServeHTTP(a, r)
	switch a.status {
	case http.StatusOK, http.StatusNotFound, http.StatusGone:
		return ctx.Err()
	}
	return fmt.Errorf("%s answers %d", path, a.status)
}

// readersHost is where readers ask.
func (a *Agency) readersHost() string {
	if u, err := url.Parse(a.house.get().PublicURL); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	return "http://" + a.Config.Addr
}

// answer is one that nobody reads.
type answer struct {
	header http.Header
	status int
	wrote  bool
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, true
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.wrote = true
	return len(b), nil
}

// node is the name of this machine, and of its door, among those that share
// one database; "" where the database is a file beside the program.
func (a *Agency) node() string {
	if !isAddress(a.Config.DB) {
		return ""
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unnamed"
	}
	if _, port, err := net.SplitHostPort(a.Config.Addr); err == nil {
		host += ":" + port
	}
	return host
}
