package site

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"wireroom/fault"
	"wireroom/format/feed"
	"wireroom/reveal"
	"wireroom/site/press"
	"wireroom/web/words"
)

const (
	perMap  = 2000           // stories in one sitemap; the format allows 50,000
	newsAge = 48 * time.Hour // that a news sitemap covers, by its format
	mostNew = 1000           // stories that a news sitemap may name
)

// sitemapIndex names the sitemaps of every edition.
func (s *Site) sitemapIndex(ctx context.Context, b *broadcast, _ *http.Request) (press.Page, error) {
	var maps []feed.Page
	for _, lang := range b.house.Languages {
		n, err := s.Door.Count(ctx, reveal.Query{Lang: lang}, reveal.Viewer{})
		if err != nil {
			return press.Page{}, err
		}
		for page := 0; page == 0 || page*perMap < n; page++ {
			at := b.base + pageURL(string(lang), "sitemap.xml")
			if page > 0 {
				at += "?page=" + strconv.Itoa(page+1)
			}
			maps = append(maps, feed.Page{URL: at})
		}
	}
	return document(feed.TypeXML, func(w io.Writer) error { return feed.SitemapIndex(w, maps) })
}

// sitemap names a page's worth of an edition's stories, the first also the
// lists.
func (s *Site) sitemap(ctx context.Context, b *broadcast, r *http.Request) (press.Page, error) {
	page, err := pageNumber(r)
	if err != nil {
		return press.Page{}, err
	}
	rs, err := s.Door.List(ctx, reveal.Query{Lang: b.edition(), Offset: (page - 1) * perMap, Limit: perMap, Brief: true}, reveal.Viewer{})
	if err != nil {
		return press.Page{}, err
	}
	var pages []feed.Page
	if page == 1 {
		for _, at := range []string{frontURL(b.lang), pageURL(b.lang, "latest"), pageURL(b.lang, "corrections")} {
			pages = append(pages, feed.Page{URL: b.base + at})
		}
		if len(b.house.Plans) > 0 {
			pages = append(pages, feed.Page{URL: b.base + pageURL(b.lang, "plus")})
		}
		for _, sec := range b.house.Sections {
			pages = append(pages, feed.Page{URL: b.base + sectionURL(b.lang, sec.ID)})
		}
		known, err := b.knownPages(ctx)
		if err != nil {
			return press.Page{}, err
		}
		pages = append(pages, known...)
	} else if len(rs) == 0 {
		return press.Page{}, fault.NotFound("sitemap")
	}
	for _, r := range rs {
		pages = append(pages, feed.Page{URL: b.storyURL(r), Changed: r.Changed()})
	}
	return document(feed.TypeXML, func(w io.Writer) error { return feed.Sitemap(w, pages) })
}

// knownPages are the pages of people, places and topics.
func (b *broadcast) knownPages(ctx context.Context) ([]feed.Page, error) {
	if b.site.Register == nil {
		return nil, nil
	}
	book, err := b.site.Register.Book(ctx)
	if err != nil {
		return nil, err
	}
	var pages []feed.Page
	for _, e := range book.List("") {
		if e.Public {
			pages = append(pages, feed.Page{URL: b.base + knownURL(b.lang, e)})
		}
	}
	return pages, nil
}

// newsSitemap names the stories of two days in every edition.
func (s *Site) newsSitemap(ctx context.Context, b *broadcast, _ *http.Request) (press.Page, error) {
	since := s.Now().Add(-newsAge)
	var all []feed.News
	for _, lang := range b.house.Languages {
		rs, err := s.Door.List(ctx, reveal.Query{Lang: lang, Since: since, Limit: mostNew - len(all), Brief: true}, reveal.Viewer{})
		if err != nil {
			return press.Page{}, err
		}
		for _, r := range rs {
			all = append(all, feed.News{URL: b.storyURL(r), Title: r.Headline(), Lang: string(lang), Sent: r.Sent()})
			b.holds(r.Sent().Add(newsAge))
		}
		if len(all) == mostNew {
			break
		}
	}
	return document(feed.TypeXML, func(w io.Writer) error { return feed.NewsSitemap(w, b.house.Name, all) })
}

// ownLang is the edition of documents whose address names none.
func (s *Site) ownLang() string {
	if langs := s.Masthead().Languages; len(langs) > 0 {
		return string(langs[0])
	}
	return words.Langs[0]
}
