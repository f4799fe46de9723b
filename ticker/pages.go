package ticker

import (
	"io/fs"
	"net/http"
	"slices"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/format/choice"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

// dress reads what the few pages for people are made of.
func (t *Ticker) dress() {
	dir, err := fs.Sub(files, "assets")
	if err != nil {
		panic(err)
	}
	if t.assets, err = web.NewAssets(dir, "/assets/wire/"); err != nil {
		panic(err)
	}
	t.words, t.pages = words.Must(files, "words"), web.NewPages(files, "pages/layout.html")
}

func (t *Ticker) asset(w http.ResponseWriter, r *http.Request) error {
	return t.assets.Routes()[0].Handler(w, r)
}

// machine reports whether a program asks, not a person's browser.
func machine(r *http.Request) bool {
	return len(r.URL.Path) >= len("/wire/v1") && r.URL.Path[:len("/wire/v1")] == "/wire/v1"
}

// sheet is what every page has.
type sheet struct {
	ticker                         *Ticker
	Lang, Title, Agency, CSS, Icon string
	Langs                          []tongue
}

type tongue struct {
	Lang, Name string
	Current    bool
}

// T is a sentence in the page's language.
func (s sheet) T(id string, args ...any) string { return s.ticker.words.T(s.Lang, id, args...) }

var tongues = map[string]string{"en": "English", "ru": "Русский", "be": "Беларуская"}

func (t *Ticker) sheet(r *http.Request, lang, title string) sheet {
	if asked := r.URL.Query().Get("lang"); slices.Contains(words.Langs, asked) {
		lang = asked
	}
	m := t.Masthead()
	lang = words.Spoken(lang)
	s := sheet{ticker: t, Lang: lang, Agency: m.Credit(story.Lang(lang)), CSS: t.assets.URL("wire.css"), Icon: t.assets.URL("icon.svg")}
	s.Title = s.T(title)
	for _, l := range words.Langs {
		s.Langs = append(s.Langs, tongue{l, tongues[l], l == lang})
	}
	return s
}

// own is the agency's first language.
func (t *Ticker) own() string {
	if m := t.Masthead(); len(m.Languages) > 0 {
		return string(m.Languages[0])
	}
	return words.Langs[0]
}

func (t *Ticker) show(w http.ResponseWriter, status int, name string, data any) error {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	return t.pages.Named(name).ExecuteTemplate(w, "page", data)
}

func (t *Ticker) sorryPage(w http.ResponseWriter, r *http.Request, p problem) {
	if err := t.show(w, p.Status, "sorry", t.sheet(r, t.own(), "sorry")); err != nil {
		t.Log.Error("a page cannot be shown", "error", err)
	}
}

type said struct{ Name, Says string }

// docs is the documentation for whoever programs a client's machine.
func (t *Ticker) docs(w http.ResponseWriter, r *http.Request) error {
	p := struct {
		sheet
		Base           string
		Takes, Formats []said
	}{sheet: t.sheet(r, t.own(), "docs-title"), Base: t.Masthead().PublicURL}
	if p.Base == "" {
		p.Base = "http://" + r.Host
	}
	for _, f := range listParameters {
		words := "take-" + f.name
		p.Takes = append(p.Takes, said{f.name, p.T(words)})
	}
	for _, f := range choice.Formats() {
		p.Formats = append(p.Formats, said{f.Name, f.Title + " · " + f.Type})
	}
	return t.show(w, http.StatusOK, "docs", p)
}

// letter is the page to which a letter about a kill leads. To look at it
// confirms nothing: programs that check mail follow links as well.
func (t *Ticker) letter(w http.ResponseWriter, r *http.Request) error {
	given, _, err := t.owed(r)
	if err != nil {
		return err
	}
	return t.letterPage(w, r, given)
}

func (t *Ticker) confirmLetter(w http.ResponseWriter, r *http.Request) error {
	_, confirm, err := t.owed(r)
	if err != nil {
		return err
	}
	given, err := confirm()
	if err != nil {
		return err
	}
	return t.letterPage(w, r, given)
}

func (t *Ticker) letterPage(w http.ResponseWriter, r *http.Request, given clients.Receipt) error {
	c, err := t.Clients.Client(r.Context(), given.Client)
	if err != nil {
		return err
	}
	signal, err := t.signal(r, given.Wire)
	if err != nil {
		return err
	}
	p := struct {
		sheet
		Client, Sent, Given string
		Number              int64
	}{sheet: t.sheet(r, t.tongue(c), "letter-title-"+string(signal)), Client: given.Name, Number: int64(given.Wire)}
	p.Sent = t.moment(p.Lang, given.Asked)
	if !given.Confirmed.IsZero() {
		p.Given = t.moment(p.Lang, given.Confirmed)
	}
	return t.show(w, http.StatusOK, "letter", p)
}

func (t *Ticker) signal(r *http.Request, n wire.Number) (story.Signal, error) {
	records, err := t.Wire.After(r.Context(), n-1, 1)
	if err != nil {
		return "", err
	}
	if len(records) == 0 || records[0].Number != n {
		return "", fault.NotFound("the record")
	}
	if !reveal.Grave(story.Signal(records[0].Signal)) {
		return story.SignalHold, nil // the story left what the client buys
	}
	return story.Signal(records[0].Signal), nil
}

// tongue is the language of a client's letters.
func (t *Ticker) tongue(c clients.Client) string {
	if c.Lang == "" {
		return t.own()
	}
	return string(c.Lang)
}

func (t *Ticker) moment(lang string, at time.Time) string {
	if zone := t.Masthead().Zone; zone != nil {
		at = at.In(zone)
	}
	return words.Moment(lang, at)
}
