package agency

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"wireroom/archive"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/audience/tally"
	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/copybook"
	"wireroom/courier"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/hub"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/planning"
	"wireroom/reveal"
	"wireroom/site/press"
	"wireroom/sources"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

// Options are what a program gives beside the configuration.
type Options struct {
	Now func() time.Time // nil is time.Now
	Log io.Writer        // where log lines go; nil is nowhere

	tables int64 // version of the tables; 0 is the latest
}

// Agency is the whole program over one database and one folder.
type Agency struct {
	Config    Config
	Log       *slog.Logger
	DB        *db.DB
	Masthead  *masthead.Store
	Staff     *staff.Store
	Readers   *audience.Store
	Clients   *clients.Store
	Stories   *story.Store
	Wire      *wire.Wire
	Pictures  *media.Store
	Copybook  *copybook.Store
	Planning  *planning.Store
	Register  *register.Store
	Record    *record.Store
	Sources   *sources.Store
	Endpoints *push.Store
	Letters   *bulletin.Store
	Archive   *archive.Archive
	Channels  *channel.Store
	Alerts    *alert.Store

	tally   *tally.Store
	post    *mail.Post      // nil is no mail
	tills   []audience.Till // none is nothing sold
	courier *courier.Courier
	hub     *hub.Hub
	now     func() time.Time
	house   house
	door    *reveal.Door
	press   *press.Store
	faces   faces
	doors   doors
	figures figures
	open    atomic.Bool   // serving, and not about to stop
	seen    atomic.Int64  // the last wire number that the pages know
	bell    chan struct{} // the next embargo may be another
	fresh   chan struct{} // the pages are from after a new record

	stream atomic.Pointer[wire.Ledger] // nil until the stream runs
}

// Open opens the agency that a configuration names; NotFound when it was never
// founded. Close it when done.
func Open(ctx context.Context, c Config, opt Options) (*Agency, error) {
	if err := c.founded(); err != nil {
		return nil, err
	}
	a, err := assemble(ctx, c, opt)
	if err != nil {
		return nil, err
	}
	if err := a.enter(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// enter reads what the faces have at hand.
func (a *Agency) enter(ctx context.Context) error {
	if _, err := a.house.reload(ctx); err != nil {
		return err
	}
	n, err := a.Stories.Refresh(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		a.Log.Info("the lists know stories of an earlier version", "stories", n)
	}
	head, err := a.Wire.Head(ctx)
	a.seen.Store(int64(head))
	return err
}

// secure is whether cookies are for https alone.
func (a *Agency) secure() bool {
	return a.Config.Secure || strings.HasPrefix(a.house.get().PublicURL, "https://")
}

// founded keeps a mistyped folder from becoming an empty database.
func (c Config) founded() error {
	if isAddress(c.DB) {
		return nil
	}
	_, err := os.Stat(c.database())
	if errors.Is(err, fs.ErrNotExist) {
		return fault.NotFound("the agency in " + c.Data + " (found it with wireroom init)")
	}
	if err != nil {
		return fault.Internal("looking for the database", err)
	}
	return nil
}

// assemble opens the rooms, whether or not the agency is founded.
func assemble(ctx context.Context, c Config, opt Options) (*Agency, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = io.Discard
	}
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return nil, fault.Internal("making the folder", err)
	}
	post, err := c.post()
	if err != nil {
		return nil, err
	}
	tills, err := c.tills(opt.Now)
	if err != nil {
		return nil, err
	}
	if opt.tables == 0 {
		opt.tables = db.Latest()
	}
	d, err := db.OpenAt(ctx, c.database(), opt.tables)
	if err != nil {
		return nil, err
	}
	a := &Agency{
		Config: c, Log: newLog(opt.Log, c), DB: d,
		Masthead: masthead.New(d), Staff: staff.New(d, opt.Now), Readers: audience.New(d, opt.Now, c.KeyFile()),
		Stories: story.New(d, opt.Now), Wire: wire.By(d, opt.Now), Pictures: media.New(c.pictures()),
		Clients: clients.New(d, opt.Now), Copybook: copybook.New(d, opt.Now), tally: tally.New(d, opt.Now),
		post: post, tills: tills, now: opt.Now, bell: make(chan struct{}, 1), fresh: make(chan struct{}, 1),
	}
	a.Readers.UseTills(tills...)
	if err := a.goOut(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a.Planning = planning.New(d, opt.Now, a.Stories)
	a.Record, a.Register = record.New(d, opt.Now, a.Stories), register.New(d, opt.Now)
	d.OnDeaf(func(err error) { a.Log.Warn("other machines are not heard", "error", err) })
	a.house.store = a.Masthead
	a.door = reveal.New(d, a.house.get, opt.Now)
	a.Channels = channel.New(d, a.house.get)
	a.Alerts = alert.New(d, opt.Now, a.house.get, a.Readers, a.courier.Near)
	a.Letters = bulletin.New(d, opt.Now, a.door, a.Wire, a.house.get, a.Readers)
	a.Archive = archive.New(d, c.Data, a.door, a.house.get, opt.Now)
	a.Archive.Register, a.Clients.Register = a.Register, a.Register
	a.Readers.Zone = func() *time.Location { return a.house.get().Zone }
	a.Archive.Wrong = func(err error) { a.Log.Warn("the archive's index does not go on", "error", err) }
	a.press = press.New(int64(c.Pages)<<20, opt.Now)
	return a, nil
}

// Close closes the database; a second call does nothing.
func (a *Agency) Close() error { return a.DB.Close() }
