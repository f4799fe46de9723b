package site

import (
	"net/http"
	"strings"

	"wireroom/hub"
	"wireroom/web"
	"wireroom/web/words"
)

// Routes is the table of addresses that readers may ask for.
func (s *Site) Routes() []web.Route {
	table := []web.Route{
		{Method: "GET", Pattern: "/{$}", Handler: s.choose},
		{Method: "GET", Pattern: "/robots.txt", Handler: s.robots},
		{Method: "POST", Pattern: hub.Path, MaxBody: 8 << 10, Handler: s.askHub},
		{Method: "GET", Pattern: "/sitemap.xml", Handler: s.inOwn(s.forAll(s.sitemapIndex))},
		{Method: "GET", Pattern: "/news-sitemap.xml", Handler: s.inOwn(s.forAll(s.newsSitemap))},

		{Method: "GET", Pattern: "/{lang}/{$}", Handler: s.page(s.front)},
		{Method: "GET", Pattern: "/{lang}/latest", Handler: s.paged(s.latest)},
		{Method: "GET", Pattern: "/{lang}/{section}/{$}", Handler: s.paged(s.section)},
		{Method: "GET", Pattern: "/{lang}/news/{number}", Handler: s.counted(s.storyPage())},
		{Method: "GET", Pattern: "/{lang}/news/{number}/pictures/{picture}/{width}", Handler: s.picture},
		{Method: "GET", Pattern: "/{lang}/corrections", Handler: s.page(s.corrections)},
		{Method: "GET", Pattern: "/{lang}/plus", Handler: s.page(s.plus)},
		{Method: "GET", Pattern: "/{lang}/latest/{$}", Handler: bare},
		{Method: "GET", Pattern: "/{lang}/corrections/{$}", Handler: bare},
		{Method: "GET", Pattern: "/{lang}/plus/{$}", Handler: bare},

		{Method: "GET", Pattern: "/{lang}/rss.xml", Handler: s.feedOf("rss.xml")},
		{Method: "GET", Pattern: "/{lang}/atom.xml", Handler: s.feedOf("atom.xml")},
		{Method: "GET", Pattern: "/{lang}/feed.json", Handler: s.feedOf("feed.json")},
		{Method: "GET", Pattern: "/{lang}/{section}/{feed}", Handler: s.sectionFeed},
		{Method: "GET", Pattern: "/{lang}/sitemap.xml", Handler: s.forAllPaged(s.sitemap)},

		{Method: "GET", Pattern: "/{lang}/account", Who: web.Reader, Handler: s.account},
		{Method: "GET", Pattern: "/account", Who: web.Reader, Handler: s.toAccount},
		{Method: "GET", Pattern: "/account/{$}", Who: web.Reader, Handler: s.toAccount},
		{Method: "GET", Pattern: "/account/sign-in/{token}", Who: web.Reader, Handler: s.signInForm},
		{Method: "POST", Pattern: "/account/sign-in/{token}", Who: web.Reader, MaxBody: 4 << 10, Handler: s.signIn},
		{Method: "POST", Pattern: "/account/sign-out", Who: web.Reader, MaxBody: 4 << 10, Handler: s.signOut},
	}
	table = append(table, s.entranceRoutes()...)
	table = append(table, s.searchRoutes()...)
	table = append(table, s.peopleRoutes()...)
	table = append(table, s.ownRoutes()...)
	table = append(table, s.followRoutes()...)
	table = append(table, s.quitRoutes()...)
	table = append(table, s.alertRoutes()...)
	table = append(table, s.homeScreenRoutes()...)
	table = append(table, s.companyRoutes()...)
	table = append(table, s.plusRoutes()...)
	return append(s.assets.Routes(), spell(table)...)
}

// entranceRoutes are the ways in.
func (s *Site) entranceRoutes() []web.Route {
	const small = 4 << 10
	return []web.Route{
		{Method: "GET", Pattern: "/account/sign-in", Who: web.Reader, Handler: s.toEntrance},
		{Method: "GET", Pattern: "/{lang}/account/sign-in", Who: web.Reader, Handler: s.entrance},
		{Method: "POST", Pattern: "/{lang}/account/sign-in", Who: web.Reader, MaxBody: small, Handler: s.enterByNumber},
		{Method: "GET", Pattern: "/{lang}/account/letter", Who: web.Reader, Handler: s.codeForm},
		{Method: "POST", Pattern: "/{lang}/account/letter", Who: web.Reader, MaxBody: small, Handler: s.enterByCode},
		{Method: "POST", Pattern: "/{lang}/account/letters", Who: web.Reader, MaxBody: small, Handler: s.askLetter},
		{Method: "GET", Pattern: "/{lang}/account/letter/{token}", Who: web.Reader, Handler: s.letterForm},
		{Method: "POST", Pattern: "/{lang}/account/letter/{token}", Who: web.Reader, MaxBody: small, Handler: s.enterByLetter},
		{Method: "GET", Pattern: "/account/code", Who: web.Reader, Handler: s.toCode},
		{Method: "GET", Pattern: "/{lang}/account/code", Who: web.Reader, Handler: s.codeEntry},
		{Method: "POST", Pattern: "/{lang}/account/code", Who: web.Reader, MaxBody: small, Handler: s.redeem},
		{Method: "GET", Pattern: "/{lang}/account/new", Who: web.Reader, Handler: s.openingForm},
		{Method: "POST", Pattern: "/{lang}/account/new", Who: web.Reader, MaxBody: small, Handler: s.opens},
		{Method: "GET", Pattern: "/{lang}/account/recovery", Who: web.Reader, Handler: s.recoveryForm},
		{Method: "POST", Pattern: "/{lang}/account/recovery", Who: web.Reader, MaxBody: small, Handler: s.recovers},
	}
}

// bare leads from an address with a slash too many to the one without.
func bare(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, r, strings.TrimSuffix(r.URL.Path, "/"), http.StatusMovedPermanently)
	return nil
}

// toAccount leads to the account in the browser's language.
func (s *Site) toAccount(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, accountURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}

// spell writes each edition's language out in the addresses, so that no other
// face's address can be taken for an edition's. The handlers find it in the
// path value "lang" all the same.
func spell(table []web.Route) []web.Route {
	var all []web.Route
	for _, route := range table {
		if route.Who == "" {
			route.Who = web.Anyone
		}
		rest, found := strings.CutPrefix(route.Pattern, "/{lang}/")
		if !found {
			all = append(all, route)
			continue
		}
		for _, lang := range words.Langs {
			one := route
			one.Pattern = "/" + lang + "/" + rest
			one.Handler = inEdition(lang, route.Handler)
			all = append(all, one)
		}
	}
	return all
}

func inEdition(lang string, h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		r.SetPathValue("lang", lang)
		return h(w, r)
	}
}

// inOwn serves what belongs to no edition as the agency's own language has it.
func (s *Site) inOwn(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return inEdition(s.ownLang(), h)(w, r) }
}

// The addresses of the site, relative to the host that was asked.
func frontURL(lang string) string               { return "/" + lang + "/" }
func sectionURL(lang, id string) string         { return "/" + lang + "/" + id + "/" }
func storyURL(lang, number string) string       { return "/" + lang + "/news/" + number }
func pageURL(lang, page string) string          { return "/" + lang + "/" + page }
func accountURL(lang string) string             { return "/" + lang + "/account" }
func entranceURL(lang string) string            { return accountURL(lang) + "/sign-in" }
func letterURL(lang string) string              { return accountURL(lang) + "/letter" }
func codeURL(lang string) string                { return accountURL(lang) + "/code" }
func signInURL(token string) string             { return "/account/sign-in/" + token }
func pictureURL(story, id, width string) string { return story + "/pictures/" + id + "/" + width }

// SignInPath is where a reader's sign-in link leads on the host of the site.
func SignInPath(token string) string { return signInURL(token) }
