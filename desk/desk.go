package desk

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"wireroom/archive"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/audience"
	readings "wireroom/audience/tally"
	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/copybook"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/planning"
	"wireroom/reveal"
	"wireroom/sources"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

//go:embed assets words pages
var files embed.FS

// shared are the files of templates that every page is made with.
var shared = []string{
	"pages/layout.html",
	"pages/parts.html",
	"pages/arrivals.html", "pages/occasion.html",
	"pages/copy.html", "pages/translation.html",
	"pages/live.html",
	"pages/workflow.html", "pages/hiring.html", "pages/rooms.html", "pages/firms.html", "pages/client_form.html", "pages/quoted.html", "pages/named.html", "pages/past.html", "pages/source_form.html",
}

// Options are what the desk is built from.
type Options struct {
	Stories   *story.Store
	Staff     *staff.Store
	Readers   *audience.Store
	Tally     *readings.Store // of what readers read
	Masthead  *masthead.Store
	Pictures  *media.Store
	Copybook  *copybook.Store
	Mail      *mail.Post // nil is no mail: links are handed over by people
	Wire      *wire.Wire
	Planning  *planning.Store
	Record    *record.Store    // of who said what
	Register  *register.Store  // of who is who
	Archive   *archive.Archive // finds what was sent; nil finds nothing
	Sources   *sources.Store
	Clients   *clients.Store
	Endpoints *push.Store
	// TryEndpoint brings a test to an endpoint, named by an id.
	TryEndpoint func(context.Context, push.Endpoint, string) error
	// LetPass returns when clients have been sent the wire as far as a number,
	// or it has taken too long; nil is at once.
	LetPass  func(context.Context, wire.Number)
	Letters  *bulletin.Store
	Channels *channel.Store
	Alerts   *alert.Store
	// Digest prints an issue as its readers see it.
	Digest func(context.Context, bulletin.Bulletin, bulletin.Issue, reveal.Viewer) (bulletin.Sheet, error)
	Now    func() time.Time // nil is time.Now
	Log    *slog.Logger     // nil is slog.Default
	Secure func() bool      // whether it is served over https, which cookies then say; nil is no
}

// Desk answers the staff.
type Desk struct {
	Options
	words  *words.Words
	assets *web.Assets
	pages  *web.Pages
	live   hub
}

// New builds the desk. It panics on a broken template or a missing sentence,
// which are mistakes in the program.
func New(opt Options) *Desk {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Secure == nil {
		opt.Secure = func() bool { return false }
	}
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	dir, err := fs.Sub(files, "assets")
	if err != nil {
		panic(err)
	}
	assets, err := web.NewAssets(dir, "/assets/desk/")
	if err != nil {
		panic(err)
	}
	d := &Desk{Options: opt, words: words.Must(files, "words"), assets: assets, pages: web.NewPages(files, shared...)}
	d.live.desk = d
	return d
}

// Handler serves the desk alone; a program with other faces joins Routes and
// Sorry with theirs.
func (d *Desk) Handler() http.Handler {
	return web.Mux(d.Routes(), web.Options{Log: d.Log, Sorry: d.Sorry})
}
