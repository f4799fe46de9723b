package site

import (
	"context"
	"net/http"
	"strconv"
	"wireroom/reveal"

	"wireroom/fault"
	"wireroom/story"
)

const perPage = 30

// list is a page of stories by day: the latest, or those of one section.
type list struct {
	frame
	Heading      string
	Tone         int
	Groups       []group
	Page         int
	Newer, Older string // addresses; "" at the ends
}

// group is the stories of one day.
type group struct {
	Day   when
	Items []item
}

func (s *Site) latest(ctx context.Context, v *visit, r *http.Request) (sheet, error) {
	l := list{frame: v.frame(v.T("latest")), Heading: v.T("latest")}
	l.About = v.T("latest-about", "agency", l.Agency)
	return l.fill(ctx, v, r, reveal.Query{Lang: v.edition()})
}

func (s *Site) section(ctx context.Context, v *visit, r *http.Request) (sheet, error) {
	sec, ok := v.house.Section(r.PathValue("section"))
	if !ok {
		return sheet{}, fault.NotFound("section")
	}
	b := v.label(sec)
	l := list{frame: v.frame(b.Text), Heading: b.Text, Tone: b.Tone}
	l.About = v.T("section-about", "section", b.Text, "agency", l.Agency)
	l.Feed = b.URL
	return l.fill(ctx, v, r, reveal.Query{Lang: v.edition(), Section: sec.ID})
}

func (l *list) fill(ctx context.Context, v *visit, r *http.Request, q reveal.Query) (sheet, error) {
	page, err := pageNumber(r)
	if err != nil {
		return sheet{}, err
	}
	q.Offset, q.Limit, q.Brief = (page-1)*perPage, perPage+1, true
	rs, err := v.site.Door.List(ctx, q, v.Viewer)
	if err != nil {
		return sheet{}, err
	}
	if len(rs) == 0 && page > 1 {
		return sheet{}, fault.NotFound("page of the list")
	}
	l.Page = page
	l.Groups = v.byDay(rs[:min(len(rs), perPage)])
	l.pager(len(rs) > perPage)
	l.Card = &card{Type: "website", Title: l.Heading, About: l.About}
	return sheet{"list", l}, nil
}

func (l *list) pager(more bool) {
	address := func(n int) string {
		if n == 1 {
			return l.visit.path
		}
		return l.visit.path + "?page=" + strconv.Itoa(n)
	}
	l.Path = address(l.Page)
	if l.Page > 1 {
		l.Newer = address(l.Page - 1)
		l.Title += " · " + l.T("page-number", "page", l.Page)
	}
	if more {
		l.Older = address(l.Page + 1)
	}
	l.switches(func(lang string) string { return "/" + lang + l.visit.path[1+len(lang):] })
}

// pageNumber reads ?page=, which has one spelling for each page.
func pageNumber(r *http.Request) (int, error) { return numberOf(r, "page") }

// numberOf reads the number of a page from 2; without one it is the first.
func numberOf(r *http.Request, name string) (int, error) {
	given := r.URL.Query().Get(name)
	if given == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 2 || n > 1<<20 || strconv.Itoa(n) != given {
		return 0, fault.NotFound("page of the list")
	}
	return n, nil
}

// byDay groups stories by the day they were sent, in the order they came.
func (v *visit) byDay(rs []reveal.Rendition) []group {
	var all []group
	for _, r := range rs {
		sent := r.Sent().In(v.now.Location())
		day := when{ISO: sent.Format("2006-01-02"), Words: v.day(sent)}
		if len(all) == 0 || all[len(all)-1].Day.ISO != day.ISO {
			all = append(all, group{Day: day})
		}
		g := &all[len(all)-1]
		g.Items = append(g.Items, v.item(r))
	}
	return all
}

// rail is the latest headlines beside another page, without the story that
// the page itself shows.
func (v *visit) rail(ctx context.Context, n int, but story.Number) ([]group, error) {
	rs, err := v.site.Door.List(ctx, reveal.Query{Lang: v.edition(), Limit: n + 1, Brief: true}, v.Viewer)
	if err != nil {
		return nil, err
	}
	return v.byDay(without(rs, map[story.Number]bool{but: true}, n)), nil
}
