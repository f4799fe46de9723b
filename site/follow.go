package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"wireroom/archive"
	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/web"
)

// followRoutes are where a reader follows a person, a place, a topic or a
// search, and leaves it.
func (s *Site) followRoutes() []web.Route {
	const small = 8 << 10
	return []web.Route{
		{Method: "GET", Pattern: "/{lang}/account/follow", Who: web.Reader, Handler: s.own(s.followForm)},
		{Method: "POST", Pattern: "/{lang}/account/follow", Who: web.Reader, MaxBody: small, Handler: s.own(s.follow)},
		{Method: "POST", Pattern: "/{lang}/account/unfollow", Who: web.Reader, MaxBody: small, Handler: s.own(s.unfollow)},
	}
}

// followURL is where something is followed.
func followURL(lang string, kind audience.AimKind, key string) string {
	return accountURL(lang) + "/follow?" + url.Values{"kind": {string(kind)}, "key": {key}}.Encode()
}

// following is the page on which something is followed.
type following struct {
	frame
	Name    string
	Kind    audience.AimKind
	Key     string
	Feed    string
	Rhythms []rhythmChoice
	Letters bool // the account has an address for them
	Already bool
	Back    string
}

type rhythmChoice struct {
	Value, Text string
	Chosen      bool
}

// aimed is something that can be followed, with where it stands.
type aimed struct {
	audience.Aim
	Name, URL, Feed string
}

// aim finds what an address names; NotFound.
func (s *Site) aim(ctx context.Context, v *visit, kind, key string) (aimed, error) {
	a := aimed{Aim: audience.Aim{Kind: audience.AimKind(kind), Key: strings.TrimSpace(strings.ToValidUTF8(key, "")), Lang: v.lang}}
	switch a.Kind {
	case audience.AimSearch:
		if !archive.Sift(nil, a.Key, v.house, v.now).Asks() {
			return a, fault.NotFound("search")
		}
		a.Name, a.URL = "“"+a.Key+"”", searchURL(v.lang, archive.Ask{Query: a.Key})
		a.Feed = pageURL(v.lang, "search") + "/rss.xml?" + url.Values{"q": {a.Key}}.Encode()
		return a, nil
	case audience.AimPerson, audience.AimPlace, audience.AimTopic:
		return a, s.aimKnown(ctx, v, &a)
	}
	return a, fault.NotFound("page")
}

// aimKnown finds somebody, a place or a topic of the register that has a page.
func (s *Site) aimKnown(ctx context.Context, v *visit, a *aimed) error {
	if s.Register == nil {
		return fault.NotFound("page")
	}
	book, err := s.Register.Book(ctx)
	if err != nil {
		return err
	}
	e, ok := book.Get(register.ID(a.Key))
	if !ok || !e.Public || string(e.Kind) != string(a.Kind) {
		return fault.NotFound("page")
	}
	a.Key, a.Name, a.URL = string(e.ID), e.Name(v.edition()), knownURL(v.lang, e)
	a.Feed = a.URL + "/rss.xml"
	return nil
}

// rhythms are how often letters may come.
func (v *visit) rhythms(chosen audience.Rhythm) (all []rhythmChoice) {
	for _, r := range audience.Rhythms() {
		if !v.reader.ByEmail && r != audience.NoLetters {
			continue
		}
		id := "follow-never"
		if r != audience.NoLetters {
			id = "follow-" + string(r)
		}
		all = append(all, rhythmChoice{string(r), v.T(id), r == chosen})
	}
	return all
}

func (s *Site) followForm(w http.ResponseWriter, r *http.Request, v *visit) error {
	q := r.URL.Query()
	a, err := s.aim(r.Context(), v, q.Get("kind"), q.Get("key"))
	if err != nil {
		return err
	}
	p := following{frame: v.frame(v.T("follow-title", "name", a.Name)), Name: a.Name, Kind: a.Kind, Key: a.Key, Feed: a.Feed, Back: a.URL, Letters: v.reader.ByEmail}
	p.Hidden = true
	p.switches(func(string) string { return "" })
	chosen := audience.Daily
	if !v.reader.ByEmail {
		chosen = audience.NoLetters
	}
	all, err := s.Readers.Follows(r.Context(), v.reader.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Aim == a.Aim {
			p.Already, chosen = true, f.Rhythm
		}
	}
	p.Rhythms = v.rhythms(chosen)
	return s.send(w, v, http.StatusOK, sheet{"following", &p})
}

func (s *Site) follow(w http.ResponseWriter, r *http.Request, v *visit) error {
	ctx := r.Context()
	a, err := s.aim(ctx, v, r.PostFormValue("kind"), r.PostFormValue("key"))
	if err != nil {
		return err
	}
	since, err := s.Wire.Head(ctx)
	if err != nil {
		return err
	}
	f := audience.Follow{Aim: a.Aim, Name: a.Name, Rhythm: audience.Rhythm(r.PostFormValue("rhythm"))}
	if err := s.Readers.Follow(ctx, v.reader.ID, f, since); err != nil {
		return err
	}
	http.Redirect(w, r, accountURL(v.lang)+"?done=follow#follows", http.StatusSeeOther)
	return nil
}

func (s *Site) unfollow(w http.ResponseWriter, r *http.Request, v *visit) error {
	err := s.Readers.Leave(r.Context(), v.reader.ID, r.PostFormValue("follow"))
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	http.Redirect(w, r, accountURL(v.lang)+"?done=unfollow#follows", http.StatusSeeOther)
	return nil
}

// followed is something in a reader's own list.
type followed struct {
	ID, Name, Lang, URL, Says string
	Feed, Change              string // where its feed is, and where letters are set; "" when its page is gone
}

// follows fills in what a reader follows.
func (a *account) follows(ctx context.Context, v *visit) error {
	all, err := v.site.Readers.Follows(ctx, v.reader.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		row := followed{ID: f.ID, Name: f.Name, Lang: f.Lang, Says: v.T("follow-never")}
		if f.Rhythm != audience.NoLetters {
			row.Says = v.T("follow-" + string(f.Rhythm))
		}
		if v.house.Has(masthead.Lang(f.Lang)) {
			there := v.site.begin(v.house, f.Lang, v.path, v.guest)
			found, err := v.site.aim(ctx, there, string(f.Kind), f.Key)
			if err == nil {
				row.Name, row.URL, row.Feed, row.Change = found.Name, found.URL, found.Feed, followURL(f.Lang, f.Kind, f.Key)
			} else if !fault.Is(err, fault.KindNotFound) {
				return err
			}
		}
		if f.Lang != v.lang {
			row.Says += " · " + names[f.Lang]
		}
		a.Follows = append(a.Follows, row)
	}
	return nil
}
