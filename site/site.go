package site

import (
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"wireroom/archive"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/audience/tally"
	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/hub"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/site/press"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

//go:embed assets words pages letters
var files embed.FS

// shared are the templates that every page is made with.
var shared = []string{"pages/layout.html", "pages/items.html"}

// Options are what the site is built from.
type Options struct {
	Hub      *hub.Hub // tells those who listen to feeds; nil is none
	Door     *reveal.Door
	Masthead func() masthead.Masthead
	Readers  *audience.Store
	Archive  *archive.Archive // finds stories; nil finds nothing
	Register *register.Store  // knows people, places and topics; nil is nobody
	Record   *record.Store    // knows who said what; nil is nothing
	Wire     *wire.Wire       // what went out by number
	Letters  *bulletin.Store  // what goes out by mail; nil is nothing
	Alerts   *alert.Store     // what rings in browsers; nil is nothing
	Channels *channel.Store   // where stories stand outside; nil is nowhere
	Tally    *tally.Store     // counts what is read; nil counts nothing
	Pictures *media.Store
	Mail     *mail.Post       // carries letters; nil is nobody
	Tills    []audience.Till  // take payments, the first by default; none is nobody
	Press    *press.Store     // keeps finished pages
	Now      func() time.Time // nil is time.Now
	Log      *slog.Logger     // nil is slog.Default
	Secure   func() bool      // whether it is served over https, which cookies then say; nil is no
}

// Site answers readers.
type Site struct {
	Options
	words  *words.Words
	assets *web.Assets
	pages  *web.Pages

	pace     pace
	carriers carriers
}

// New builds the site. It panics on a broken template or a missing sentence,
// which are mistakes in the program.
func New(opt Options) *Site {
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
	assets, err := web.NewAssets(dir, "/assets/site/")
	if err != nil {
		panic(err)
	}
	s := &Site{Options: opt, words: words.Must(files, "words"), assets: assets, pages: web.NewPages(files, shared...)}
	s.pace.now = opt.Now
	s.carriers.wrong = s.letterLost
	if opt.Mail != nil {
		s.carriers.send = opt.Mail.Send
	}
	return s
}

// Handler serves the site alone; a program with other faces joins Routes and
// Sorry with theirs.
func (s *Site) Handler() http.Handler {
	return web.Mux(s.Routes(), web.Options{Log: s.Log, Sorry: s.Sorry})
}
