package sources

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/masthead"
	"wireroom/story"
)

const (
	// atOnce is how many sources are looked at beside each other.
	atOnce = 4
	// seldom is how rarely a source that fails is looked at.
	seldom = 24 * time.Hour
	// lookAgain is how often it is asked what is due without a bell: another
	// process on the same file cannot ring it.
	lookAgain = 30 * time.Second
	// old is how far before a source was added its news are still news.
	old = 24 * time.Hour
	// mostAtOnce bounds the drafts of one look.
	mostAtOnce = 200
)

// Options are what the room needs of the house.
type Options struct {
	Store   *Store
	Stories *story.Store
	Tray    string // the folder that holds the sources' folders
	Log     *slog.Logger
}

// Tray looks at the sources.
type Tray struct {
	*Store
	stories *story.Store
	folder  string
	log     *slog.Logger
}

// Open makes what looks at the sources; it looks at none before Run.
func Open(o Options) *Tray { return &Tray{o.Store, o.Stories, o.Tray, o.Log} }

// Run looks at the sources when it is time until the context ends. Of several
// machines one does.
func (t *Tray) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := t.db.Alone(ctx, "sources", func(err error) { t.log.Error("sources wait", "error", err) }, t.watch)
		if err != nil && ctx.Err() == nil {
			t.log.Error("sources are left alone", "error", err)
			rest(ctx, time.Second, nil)
		}
	}
}

func (t *Tray) watch(ctx context.Context) {
	bell, stop := t.db.Listen(Channel)
	defer stop()
	for ctx.Err() == nil {
		if err := t.LookDue(ctx); err != nil && ctx.Err() == nil {
			t.log.Error("sources cannot be looked at", "error", err)
		}
		wait := lookAgain
		if next, err := t.next(ctx); err == nil && !next.IsZero() {
			wait = min(wait, max(next.Sub(t.now()), time.Second))
		}
		rest(ctx, wait, bell)
	}
}

func rest(ctx context.Context, wait time.Duration, bell <-chan struct{}) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-bell:
	case <-timer.C:
	}
}

// LookDue looks at each source that is due, once.
func (t *Tray) LookDue(ctx context.Context) error {
	due, err := t.due(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	m, err := t.masthead.Load(ctx)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	turn := make(chan struct{}, atOnce)
	wrong := make(chan error, len(due))
	for _, s := range due {
		turn <- struct{}{}
		all.Go(func() {
			defer func() { <-turn }()
			wrong <- t.look(ctx, m, s)
		})
	}
	all.Wait()
	close(wrong)
	for one := range wrong {
		err = errors.Join(err, one)
	}
	return err
}

// result is what came of a look.
type result struct {
	at, next       time.Time
	etag, modified string
	failures       int
	wrong          string
	taken, passed  int
	gone           bool // the source is no more
}

// look looks at one source and keeps what came of it.
func (t *Tray) look(ctx context.Context, m masthead.Masthead, s Source) error {
	r := result{etag: s.ETag, modified: s.Modified}
	var err error
	switch s.Kind {
	case Feed:
		err = t.fetch(ctx, m, s, &r)
	case Folder:
		err = t.empty(ctx, m, s, &r)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.at = t.now()
	pause := time.Duration(s.Minutes) * time.Minute
	if err != nil {
		r.failures, r.wrong = s.Failures+1, cut(err.Error(), maxText*2)
		pause = max(min(pause<<min(r.failures, 12), seldom), pause)
	}
	// Not all who were added together are asked together for ever.
	pause += rand.N(pause/10 + 1)
	var asked *alone
	if errors.As(err, &asked) {
		pause = max(pause, asked.wait)
	}
	r.next = r.at.Add(pause)
	return t.looked(ctx, s.ID, r)
}

// alone says that a source asks to be left alone.
type alone struct {
	why  error
	wait time.Duration
}

func (a *alone) Error() string { return a.why.Error() }
func (a *alone) Unwrap() error { return a.why }

// take offers an item to the desk, or passes it.
func (t *Tray) take(ctx context.Context, m masthead.Masthead, s Source, i format.Item, r *result) error {
	if r.taken >= mostAtOnce {
		r.passed++
		return nil
	}
	if !s.wants(i) {
		r.passed++
		return nil
	}
	out, err := t.stories.Take(ctx, s.offer(m, i))
	switch {
	case err == nil && !out.Known:
		r.taken++
	case fault.Is(err, fault.KindInvalid):
		r.passed++
		return nil
	}
	return err
}
