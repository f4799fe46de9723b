package feed

import (
	"encoding/json"
	"io"
	"time"
)

type jsonFeed struct {
	Version string       `json:"version"`
	Title   string       `json:"title"`
	About   string       `json:"description,omitempty"`
	Home    string       `json:"home_page_url"`
	Self    string       `json:"feed_url"`
	Lang    string       `json:"language"`
	Authors []jsonAuthor `json:"authors,omitempty"`
	Hubs    []jsonHub    `json:"hubs,omitempty"`
	Items   []jsonItem   `json:"items"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID       string       `json:"id"`
	URL      string       `json:"url,omitempty"`
	Title    string       `json:"title"`
	Summary  string       `json:"summary,omitempty"`
	HTML     string       `json:"content_html,omitempty"`
	Text     *string      `json:"content_text,omitempty"` // the format wants one of the two
	Picture  string       `json:"image,omitempty"`
	Sent     time.Time    `json:"date_published,omitzero"`
	Changed  time.Time    `json:"date_modified,omitzero"`
	Authors  []jsonAuthor `json:"authors,omitempty"`
	Sections []string     `json:"tags,omitempty"`
}

// JSON writes f as JSON Feed 1.1.
func JSON(w io.Writer, f Feed) error {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1",
		Title:   f.Title, About: f.About, Home: f.Home, Self: f.Self, Lang: f.Lang, Items: []jsonItem{},
	}
	if f.Hub != "" {
		doc.Hubs = []jsonHub{{"WebSub", f.Hub}}
	}
	if f.Agency != "" {
		doc.Authors = []jsonAuthor{{f.Agency}}
	}
	for _, i := range f.Items {
		item := jsonItem{
			ID: i.ID, URL: i.URL, Title: i.Title, Summary: i.Summary, HTML: i.HTML,
			Sent: i.Sent, Changed: i.Changed, Sections: i.Sections,
		}
		if i.HTML == "" {
			item.Text = &i.Summary
		}
		if i.Picture != nil {
			item.Picture = i.Picture.URL
		}
		if i.Author != "" {
			item.Authors = []jsonAuthor{{i.Author}}
		}
		doc.Items = append(doc.Items, item)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(doc)
}
