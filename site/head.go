package site

import (
	"time"

	"wireroom/reveal"
)

// card is what other sites show of a page that is linked there.
type card struct {
	Type, Title, About string
	Image              string // an absolute address; "" is none
	Sent, Changed      string
	Section            string
}

// newsArticle is schema.org's NewsArticle, as search engines read it.
type newsArticle struct {
	Context  string   `json:"@context"`
	Type     string   `json:"@type"`
	Headline string   `json:"headline"`
	About    string   `json:"description,omitempty"`
	Page     string   `json:"mainEntityOfPage,omitempty"`
	Sent     string   `json:"datePublished"`
	Changed  string   `json:"dateModified,omitempty"`
	Lang     string   `json:"inLanguage"`
	Section  []string `json:"articleSection,omitempty"`
	Keywords []string `json:"keywords,omitempty"`
	Image    []string `json:"image,omitempty"`
	Author   party    `json:"author"`
	Agency   party    `json:"publisher"`
	Free     bool     `json:"isAccessibleForFree"`
	Part     *part    `json:"hasPart,omitempty"`
}

type party struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// part names what is not open to all, by a selector that the page has.
type part struct {
	Type     string `json:"@type"`
	Free     bool   `json:"isAccessibleForFree"`
	Selector string `json:"cssSelector"`
}

// describe fills what machines read of the article. It knows the rendition
// alone, so it can say no more than the page does.
func (a *article) describe(v *visit, r reveal.Rendition) {
	agency := party{Type: "NewsMediaOrganization", Name: a.Agency}
	if v.house.PublicURL != "" {
		agency.URL = a.Abs(a.Home)
	}
	d := newsArticle{
		Context: "https://schema.org", Type: "NewsArticle", Headline: r.Headline(), About: r.Teaser(),
		Sent: a.Sent.ISO, Lang: v.lang, Keywords: r.Keywords(), Free: r.Free(), Agency: agency, Author: agency,
	}
	if r.Byline() != "" {
		d.Author = party{Type: "Person", Name: r.Byline()}
	}
	if !r.DateOnly() && !r.Changed().IsZero() {
		d.Changed = r.Changed().In(v.now.Location()).Format(time.RFC3339)
	}
	for _, s := range a.Sections {
		d.Section = append(d.Section, s.Text)
	}
	if !r.Free() {
		d.Part = &part{Type: "WebPageElement", Selector: ".paid"}
	}
	a.Card = &card{Type: "article", Title: r.Headline(), About: r.Teaser(), Sent: d.Sent, Changed: d.Changed}
	if len(d.Section) > 0 {
		a.Card.Section = d.Section[0]
	}
	if v.house.PublicURL != "" {
		d.Page = a.Abs(a.Path)
		if p := v.leadPicture(r); p != nil {
			a.Card.Image = a.Abs(p.Src)
			d.Image = []string{a.Card.Image}
		}
	}
	a.Data = d
}
