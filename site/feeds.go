package site

import (
	"context"
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/format/feed"
	"wireroom/format/print"
	"wireroom/hub"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/site/press"
	"wireroom/web"
)

const perFeed = 50

// encoders are the feeds by the last part of their address.
var encoders = map[string]struct {
	kind  string
	write func(io.Writer, feed.Feed) error
}{
	"rss.xml":   {feed.TypeRSS, feed.RSS},
	"atom.xml":  {feed.TypeAtom, feed.Atom},
	"feed.json": {feed.TypeJSON, feed.JSON},
}

// feedOf serves one feed of an edition.
func (s *Site) feedOf(name string) web.Handler {
	return s.forAll(func(ctx context.Context, b *broadcast, r *http.Request) (press.Page, error) {
		return b.feed(ctx, name, masthead.Section{})
	})
}

// sectionFeed serves a section's feed.
func (s *Site) sectionFeed(w http.ResponseWriter, r *http.Request) error {
	sec, ok := s.Masthead().Section(r.PathValue("section"))
	if _, known := encoders[r.PathValue("feed")]; !ok || !known {
		return fault.NotFound("feed")
	}
	return s.forAll(func(ctx context.Context, b *broadcast, r *http.Request) (press.Page, error) {
		return b.feed(ctx, r.PathValue("feed"), sec)
	})(w, r)
}

// broadcast is a document for programs: it has whole addresses, and what
// anybody may have is all that it ever holds, whoever asks.
type broadcast struct {
	*visit
	base string // "https://example.org"
}

// writer fills a document for programs.
type writer func(context.Context, *broadcast, *http.Request) (press.Page, error)

// forAll serves a document that is the same for everyone.
func (s *Site) forAll(fill writer) web.Handler { return s.broadcast(fill, keyOf) }

// forAllPaged is forAll for a document that goes on at ?page=.
func (s *Site) forAllPaged(fill writer) web.Handler { return s.broadcast(fill, pagedKey) }

func (s *Site) broadcast(fill writer, key func(*http.Request) string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		lang := r.PathValue("lang")
		if !s.Masthead().Has(masthead.Lang(lang)) {
			return fault.NotFound("edition")
		}
		address := key(r)
		if s.Masthead().PublicURL == "" {
			address = s.base(r) + address
		}
		return s.Press.Serve(w, r, "", address, func(ctx context.Context) (press.Page, error) {
			b := &broadcast{visit: s.begin(s.Masthead(), lang, r.URL.Path, guest{}), base: s.base(r)}
			if err := b.expire(ctx); err != nil {
				return press.Page{}, err
			}
			p, err := fill(ctx, b, r)
			p.Until = b.until
			return p, err
		})
	}
}

// base is what whole addresses begin with: the public address, or else the name
// under which the site was asked.
func (s *Site) base(r *http.Request) string {
	if public := s.Masthead().PublicURL; public != "" {
		return public
	}
	if s.Secure() {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (b *broadcast) feed(ctx context.Context, name string, sec masthead.Section) (press.Page, error) {
	rs, err := b.site.Door.List(ctx, reveal.Query{Lang: b.edition(), Section: sec.ID, Limit: perFeed}, reveal.Viewer{})
	if err != nil {
		return press.Page{}, err
	}
	agency := b.house.Credit(b.edition())
	f := feed.Feed{
		Title: agency, About: b.T("latest-about", "agency", agency), Lang: b.lang, Agency: agency,
		Home: b.base + frontURL(b.lang), Self: b.base + b.path,
	}
	if s := b.site; s.Hub != nil && b.house.PublicURL != "" {
		f.Hub = b.house.PublicURL + hub.Path
	}
	if sec.ID != "" {
		label := sec.Label(b.edition())
		f.Title, f.About = agency+" · "+label, b.T("section-about", "section", label, "agency", agency)
		f.Home = b.base + sectionURL(b.lang, sec.ID)
	}
	for _, r := range rs {
		i := b.feedItem(r)
		if i.Changed.After(f.Changed) {
			f.Changed = i.Changed
		}
		f.Items = append(f.Items, i)
	}
	e := encoders[name]
	return document(e.kind, func(w io.Writer) error { return e.write(w, f) })
}

// feedItem is a story as a feed has it: a locked one says that it is.
func (b *broadcast) feedItem(r reveal.Rendition) feed.Item {
	i := feed.Item{
		ID: "urn:uuid:" + string(r.ID()), URL: b.storyURL(r), Title: r.Headline(), Author: r.Byline(),
		Sent: r.Sent(), Changed: r.Changed(), Summary: r.Teaser(),
	}
	for _, s := range r.Sections() {
		i.Sections = append(i.Sections, s.Label(r.Lang()))
	}
	if r.Locked() {
		i.Summary = r.Notice()
		return i
	}
	if r.Alert() {
		i.Summary = b.T("more-follows")
		i.HTML = "<p>" + html.EscapeString(i.Summary) + "</p>"
		return i
	}
	var text strings.Builder
	if fixed := r.Correction(); fixed != "" {
		text.WriteString("<p><strong>" + b.T("kind-correction") + ".</strong> " + html.EscapeString(fixed) + "</p>\n")
	}
	_ = print.HTML(&text, r.Blocks(), print.Options{Dateline: r.Dateline(), Picture: b.pictures(r)})
	i.HTML = text.String()
	return i
}

func (b *broadcast) storyURL(r reveal.Rendition) string {
	return b.base + storyURL(string(r.Lang()), strconv.FormatInt(int64(r.Number()), 10))
}

// pictures gives whole addresses; a feed reader chooses no size.
func (b *broadcast) pictures(r reveal.Rendition) func(id string) print.Image {
	find := b.sources(r)
	return func(id string) print.Image {
		i := find(id)
		if i.Src != "" {
			i.Src = b.base + i.Src
		}
		return print.Image{Src: i.Src, W: i.W, H: i.H}
	}
}

func document(kind string, write func(io.Writer) error) (press.Page, error) {
	var b strings.Builder
	if err := write(&b); err != nil {
		return press.Page{}, fault.Internal("writing a feed", err)
	}
	return press.Page{Body: []byte(b.String()), ContentType: kind}, nil
}
