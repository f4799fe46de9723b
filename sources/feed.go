package sources

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"wireroom/courier"
	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/masthead"
	"wireroom/story"
)

const (
	mostFeed = 8 << 20 // bytes
	feedHops = 5
	feedTime = 30 * time.Second
)

// fetch asks for a feed and takes what is new in it.
func (t *Tray) fetch(ctx context.Context, m masthead.Masthead, s Source, r *result) error {
	head := map[string]string{"Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"}
	if s.ETag != "" {
		head["If-None-Match"] = s.ETag
	}
	if s.Modified != "" {
		head["If-Modified-Since"] = s.Modified
	}
	a, err := t.courier.Do(ctx, courier.Errand{Address: s.Address, Header: head, Most: mostFeed, Hops: feedHops, Time: feedTime})
	if err != nil {
		return err
	}
	switch {
	case a.Status == 304:
		return nil
	case a.Status == 410:
		r.gone = true
		return fault.NotFound("the feed is gone for good")
	case !a.OK():
		return &alone{fmt.Errorf("it answers %s", a.Words()), a.Wait(t.now())}
	}
	items, err := ReadFeed(a.Body)
	if err != nil {
		return err
	}
	for _, i := range items {
		if !i.Created.IsZero() && i.Created.Before(s.Made.Add(-old)) {
			continue
		}
		if err := t.take(ctx, m, s, i, r); err != nil {
			return err
		}
	}
	// Only now: what could not be taken is asked for again.
	r.etag, r.modified = a.Header("ETag"), a.Header("Last-Modified")
	if len(r.etag) > maxText {
		r.etag = ""
	}
	return nil
}

// ReadFeed reads RSS, Atom or JSON Feed, the oldest item first; Invalid when it
// is none of them.
func ReadFeed(data []byte) (items []format.Item, err error) {
	// The library is given strangers' bytes, and is not ours.
	defer func() {
		if p := recover(); p != nil {
			items, err = nil, fault.Invalid("feed", "it cannot be read")
		}
	}()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		return nil, fault.Invalid("feed", "this is neither RSS nor Atom nor JSON Feed")
	}
	for n := len(f.Items) - 1; n >= 0; n-- {
		if f.Items[n] != nil {
			items = append(items, item(f, f.Items[n]))
		}
	}
	return items, nil
}

func item(f *gofeed.Feed, e *gofeed.Item) format.Item {
	body := prose.HTML(cmp.Or(e.Content, e.Description))
	i := format.Item{
		URI: cut(cmp.Or(e.GUID, e.Link), maxText*2), Lang: f.Language, Page: address(e.Link), Undated: e.PublishedParsed == nil && e.UpdatedParsed == nil,
		Content: story.Content{Headline: plain(e.Title), Body: story.Body{Blocks: body.Blocks}},
	}
	if e.Content != "" {
		i.Content.Teaser = plain(e.Description)
	}
	for _, at := range []*time.Time{e.PublishedParsed, e.UpdatedParsed} {
		if at != nil && i.Created.IsZero() {
			i.Created = at.UTC()
		}
	}
	var names []string
	for _, a := range e.Authors {
		if a != nil && a.Name != "" {
			names = append(names, a.Name)
		}
	}
	i.Content.Byline = strings.Join(names, ", ")
	for _, c := range e.Categories {
		i.Subjects = append(i.Subjects, format.Subject{Name: c})
	}
	if i.URI == "" {
		i.URI = i.Content.Headline
	}
	if strings.TrimSpace(i.Content.Headline) == "" && len(body.Blocks) > 0 {
		i.Content.Headline = line(plain(e.Description), 120)
	}
	return i
}

// plain is the text of what may be HTML.
func plain(s string) string {
	var words []string
	for _, b := range prose.HTML(s).Blocks {
		words = append(words, story.BlockText(b))
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// address keeps a link only if it is one of the web.
func address(s string) string {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || len(s) > 2000 {
		return ""
	}
	return s
}
