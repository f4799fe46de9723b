package site

import (
	"wireroom/web/words"
)

// frame is what stands around every page.
type frame struct {
	visit   *visit
	Lang    string
	Agency  string
	Title   string // of the window; the agency's name is added
	About   string // one sentence for search engines; "" leaves it out
	Hidden  bool   // search engines are asked not to list the page
	Path    string // the page's own address
	CSS     string
	Icon    string
	Touch   string // the icon of a home screen
	Home    string
	Front   bool
	Day     when
	Nav     []label
	Plus    label
	Account label // Text is "" for a viewer who has not signed in
	Enter   label // sign-in
	Fix     label // corrections
	Rings   label // alerts; none where URL is ""
	Langs   []edition
	Finds   bool   // there is an archive to search
	Sells   bool   // the agency has a plan to subscribe to
	Feed    string // folder of the feeds of this page: "/en/" or "/en/politics/"
	Card    *card
}

// edition is one entry of the language switch.
type edition struct {
	Lang, Name, URL string
	Current         bool
	Same            bool // the same page in another language, not just its front
}

// names are what the editions call themselves.
var names = map[string]string{"en": "English", "ru": "Русский", "be": "Беларуская"}

// frame draws the frame for a page at path. title is "" on the front page.
func (v *visit) frame(title string) frame {
	f := frame{
		visit: v, Lang: v.lang, Agency: v.house.Credit(v.edition()), Title: title, Path: v.path,
		CSS: v.site.assets.URL("site.css"), Icon: v.site.assets.URL("icon.svg"), Touch: iconURL(iconSizes[0]),
		Home: frontURL(v.lang), Feed: frontURL(v.lang),
		Day:   when{ISO: v.now.Format("2006-01-02"), Words: words.LongDay(v.lang, v.now)},
		Plus:  label{URL: pageURL(v.lang, "plus"), Text: v.T("nav-plus")},
		Enter: label{URL: entranceURL(v.lang), Text: v.T("sign-in")},
		Fix:   label{URL: pageURL(v.lang, "corrections"), Text: v.T("corrections")},
	}
	f.Finds = v.site.Archive != nil
	f.Sells = len(v.house.Plans) > 0
	if v.signed {
		f.Account = label{URL: accountURL(v.lang), Text: v.T("nav-account")}
	}
	v.holds(words.DayAfter(v.now))
	f.Nav = append(f.Nav, label{URL: pageURL(v.lang, "latest"), Text: v.T("latest")})
	for _, s := range v.house.Sections {
		f.Nav = append(f.Nav, v.label(s))
	}
	for i := range f.Nav {
		f.Nav[i].Current = f.Nav[i].URL == v.path
	}
	f.switches(func(lang string) string { return "/" + lang + v.path[min(len(v.path), 1+len(v.lang)):] })
	return f
}

// switches fills the language switch; same gives the address of the same page
// in another language, or "" where there is none.
func (f *frame) switches(same func(lang string) string) {
	f.Langs = nil
	for _, l := range f.visit.house.Languages {
		lang := string(l)
		e := edition{Lang: lang, Name: names[lang], Current: lang == f.Lang, Same: true, URL: f.Path}
		if !e.Current {
			e.URL = same(lang)
		}
		if e.URL == "" {
			e.URL, e.Same = frontURL(lang), false
		}
		f.Langs = append(f.Langs, e)
	}
}

// Locale is the edition's language as OpenGraph writes it.
func (f *frame) Locale() string {
	return map[string]string{"en": "en_US", "ru": "ru_RU", "be": "be_BY"}[f.Lang]
}

// T says a sentence in the edition's language.
func (f *frame) T(id string, args ...any) string { return f.visit.T(id, args...) }

// Abs is a path under the agency's public address where it has one, for the
// few places where a standard wants an address whole.
func (f *frame) Abs(path string) string { return f.visit.house.PublicURL + path }

// Zone is the agency's offset: "UTC+3".
func (f *frame) Zone() string { return words.Zone(f.visit.now) }

// Year is the year of the page, for the foot.
func (f *frame) Year() int { return f.visit.now.Year() }

// Editions is how many languages the agency speaks.
func (f *frame) Editions() int { return len(f.Langs) }
