package intake

import (
	"context"
	"io"
	"time"

	"wireroom/db"
	"wireroom/masthead"
	"wireroom/story"
)

// Intake takes stories into one agency.
type Intake struct {
	masthead *masthead.Store
	stories  *story.Store
	now      func() time.Time
}

// New opens the intake; now is the newsroom's clock.
func New(d *db.DB, now func() time.Time) *Intake {
	return &Intake{masthead: masthead.New(d), stories: story.New(d, now), now: now}
}

// Options say how to take stories in. The zero Options take them for good and
// alert the followers as if they were news.
type Options struct {
	Silent   bool           // into the archive and on the site, alerting nobody
	DryRun   bool           // look and report, keep nothing
	Progress func(Progress) // told after each batch; may be nil

	Chart     *Chart    // what the names of another system mean; nil guesses
	WriteTo   io.Writer // gets the chart with all that was found; may be nil
	Pictures  Pictures
	Addresses bool // those of a wire's pages lead to the stories, as those of an archive do
}

// Progress is how far a run has come.
type Progress struct {
	File  string
	Read  int64 // bytes of all files together
	Total int64 // bytes to read; 0 is unknown
	Seen  int   // items taken, known, skipped or broken
}

const (
	batchItems = 500
	// batchBytes keeps a batch of long stories small in memory.
	batchBytes = 4 << 20
)

// run is one import under way.
type run struct {
	shelf  shelf
	m      masthead.Masthead
	o      Options
	report Report
	batch  []waiting
	bytes  int
	total  int64
	read   func() (file string, bytes int64)

	kind    kind
	found   *found
	gallery *gallery
	seen    map[[16]byte]struct{} // names of an archive's items, summed up
}

// waiting is an arrival with the place that it came from.
type waiting struct {
	story.Arrival
	file string
	line int
}

// shelf is where a run puts its stories: the agency's, or for a rehearsal one
// that is thrown away.
type shelf interface {
	Import(ctx context.Context, batch []story.Arrival) ([]story.Outcome, error)
	Known(ctx context.Context, source string) (bool, error)
	Close() error
}

type kept struct{ *story.Store }

func (kept) Close() error { return nil }

func (in *Intake) begin(ctx context.Context, o Options) (*run, error) {
	m, err := in.masthead.Load(ctx)
	if err != nil {
		return nil, err
	}
	chart := o.Chart
	if chart == nil {
		chart = &Chart{}
	}
	r := &run{m: m, o: o, shelf: kept{in.stories}, report: newReport(o), found: newFound(chart, m), gallery: newGallery(o.Pictures)}
	if o.DryRun {
		r.shelf, err = rehearse(ctx, in.stories, m, in.now)
	}
	return r, err
}

// add puts an arrival into the batch, and the batch away when it is full.
func (r *run) add(ctx context.Context, w waiting, size int) error {
	w.Silent = r.o.Silent
	r.batch = append(r.batch, w)
	r.bytes += size
	if len(r.batch) >= batchItems || r.bytes >= batchBytes {
		return r.flush(ctx)
	}
	return nil
}

func (r *run) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(r.batch) > 0 {
		arrivals := make([]story.Arrival, len(r.batch))
		for i, w := range r.batch {
			arrivals[i] = w.Arrival
		}
		outcomes, err := r.shelf.Import(ctx, arrivals)
		if err != nil {
			return err
		}
		for i, o := range outcomes {
			r.report.tell(r.batch[i], o)
		}
		clear(r.batch)
		r.batch, r.bytes = r.batch[:0], 0
	}
	r.progress()
	return nil
}

func (r *run) progress() {
	if r.o.Progress == nil {
		return
	}
	p := Progress{Total: r.total, Seen: r.report.Seen()}
	if r.read != nil {
		p.File, p.Read = r.read()
	}
	r.o.Progress(p)
}
