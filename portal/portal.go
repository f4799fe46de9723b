package portal

import (
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/ticker"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

//go:embed pages assets words
var files embed.FS

// Options are what the portal is built from.
type Options struct {
	Clients  *clients.Store
	Ticker   *ticker.Ticker
	Door     *reveal.Door
	Wire     *wire.Wire
	Masthead func() masthead.Masthead
	Pictures *media.Store // nil is none
	Mail     *mail.Post   // carries letters; nil is nobody
	Now      func() time.Time
	Log      *slog.Logger
	Secure   func() bool // whether it is served over https, which cookies then say
}

// Portal answers the people of clients.
type Portal struct {
	Options
	words  *words.Words
	assets *web.Assets
	pages  *web.Pages
	pace   pace
	post   carriers
	lines  lines
}

// New builds the portal. It panics on a broken template or a missing sentence,
// which are mistakes in the program.
func New(opt Options) *Portal {
	dir, err := fs.Sub(files, "assets")
	if err != nil {
		panic(err)
	}
	assets, err := web.NewAssets(dir, "/assets/portal/")
	if err != nil {
		panic(err)
	}
	p := &Portal{Options: opt, assets: assets, words: words.Must(files, "words"), pages: web.NewPages(files, "pages/layout.html", "pages/parts.html")}
	p.pace, p.lines.gone = pace{now: opt.Now}, make(chan struct{})
	return p
}

const (
	homeURL     = "/wire/"
	signInURL   = "/wire/sign-in"
	enterURL    = "/wire/enter/{token}"
	signOutURL  = "/wire/sign-out"
	languageURL = "/wire/language"
	storyURL    = "/wire/items/{id}"
	previewURL  = storyURL + "/preview"
	fileURL     = storyURL + "/file"
	pictureURL  = storyURL + "/pictures/{picture}/{width}"
	zipURL      = "/wire/zip"
	liveURL     = "/wire/live"
	seenURL     = "/wire/seen"
)

// EnterPath is where a sign-in link leads.
func EnterPath(token string) string { return strings.Replace(enterURL, "{token}", token, 1) }

// Owns reports whether an address is the portal's; the rest under /wire/ is for
// machines.
func Owns(path string) bool {
	if !strings.HasPrefix(path, homeURL) {
		return false
	}
	for _, other := range []string{"/wire/v1/", "/wire/docs", "/wire/receipts/", "/wire/feeds/"} {
		if strings.HasPrefix(path, other) {
			return false
		}
	}
	return true
}

// Routes is the table of the portal's addresses.
func (p *Portal) Routes() []web.Route {
	const small = 8 << 10
	get := func(pattern string, h seated) web.Route {
		return web.Route{Method: http.MethodGet, Pattern: pattern, Who: web.Seat, Handler: p.seated(h)}
	}
	post := func(pattern string, h seated) web.Route {
		return web.Route{Method: http.MethodPost, Pattern: pattern, Who: web.Seat, Handler: p.seated(h), MaxBody: small}
	}
	table := []web.Route{
		{Method: http.MethodGet, Pattern: "/wire", Who: web.Anyone, Handler: p.home},
		{Method: http.MethodGet, Pattern: signInURL, Who: web.Anyone, Handler: p.signInPage},
		{Method: http.MethodPost, Pattern: signInURL, Who: web.Anyone, Handler: p.askForLetter, MaxBody: small},
		{Method: http.MethodGet, Pattern: enterURL, Who: web.Anyone, Handler: p.enterPage},
		{Method: http.MethodPost, Pattern: enterURL, Who: web.Anyone, Handler: p.enter, MaxBody: small},
		post(signOutURL, p.signOut), post(languageURL, p.language),
		get(homeURL+"{$}", p.list), get(liveURL, p.live), post(seenURL, p.seen),
		get(storyURL, p.story), get(previewURL, p.preview), get(fileURL, p.file), get(zipURL, p.zip), get(pictureURL, p.picture),
	}
	table = append(table, get(useURL, p.use))
	return slices.Concat(table, p.searchRoutes(get, post), p.peopleRoutes(get, post), p.assets.Routes())
}

// home leads who leaves the last stroke out of the address.
func (p *Portal) home(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, homeURL, http.StatusMovedPermanently)
	return nil
}
