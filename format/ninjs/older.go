package ninjs

import (
	"io"
	"strconv"
	"strings"
	"time"

	"wireroom/format"
)

// item1 is what the standard's version 1.6 calls a news item.
type item1 struct {
	Standard     *standard              `json:"$standard,omitempty"`
	URI          string                 `json:"uri"`
	Type         string                 `json:"type,omitempty"`
	Complete     string                 `json:"representationtype,omitempty"`
	Version      string                 `json:"version,omitempty"`
	Created      string                 `json:"firstcreated,omitempty"`
	Changed      string                 `json:"versioncreated,omitempty"`
	Embargo      string                 `json:"embargoed,omitempty"`
	Status       string                 `json:"pubstatus,omitempty"`
	Urgency      int                    `json:"urgency,omitempty"`
	Lang         string                 `json:"language,omitempty"`
	Slug         string                 `json:"slugline,omitempty"`
	Headline     string                 `json:"headline,omitempty"`
	Description  string                 `json:"description_text,omitempty"`
	By           string                 `json:"byline,omitempty"`
	Place        string                 `json:"located,omitempty"`
	Body         string                 `json:"body_xhtml,omitempty"`
	Subjects     []concept1             `json:"subject,omitempty"`
	Sources      []concept1             `json:"infosource,omitempty"`
	Note         string                 `json:"ednote,omitempty"`
	Holder       string                 `json:"copyrightholder,omitempty"`
	Copyright    string                 `json:"copyrightnotice,omitempty"`
	Sizes        map[string]rendition1  `json:"renditions,omitempty"`
	Associations map[string]associated1 `json:"associations,omitempty"`
	IDs          map[string]string      `json:"altids,omitempty"`
}

// associated1 breaks what would be a type within itself.
type associated1 = any

type concept1 struct {
	Name   string `json:"name,omitempty"`
	Rel    string `json:"rel,omitempty"`
	Scheme string `json:"scheme,omitempty"`
	Code   string `json:"code,omitempty"`
}

type rendition1 struct {
	Href   string `json:"href"`
	Type   string `json:"mimetype,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Bytes  int64  `json:"sizeinbytes,omitempty"`
}

// Encode16 writes ninjs 1.6: the one item, or else a list of them.
func Encode16(w io.Writer, items []format.Item, o format.Options) error {
	return write(w, items, func(i format.Item) any { return object1(i.As(o)) })
}

func object1(i format.Item) item1 {
	out := item1{
		Standard: &standard{"ninjs", "1.6", "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json#"},
		URI:      i.URI, Type: typed(i), Complete: "complete", Version: counted(i.Version), Created: stamp(i.Created), Changed: stamp(i.Changed),
		Embargo: stamp(i.Content.Embargo), Status: string(i.Standing()), Urgency: i.Content.Urgency, Lang: i.Lang, Slug: i.Content.Slug,
		Headline: i.Content.Headline, Description: i.Content.Teaser, By: i.Content.Byline, Place: i.Content.Place, Body: xhtml(i),
		Subjects: subjects1(i), Note: i.Editorial(), Holder: i.Holder, Copyright: i.Copyright,
	}
	if i.Content.Credit != "" {
		out.Sources = []concept1{{Name: i.Content.Credit}}
	}
	for _, id := range ids(i) {
		if out.IDs == nil {
			out.IDs = map[string]string{}
		}
		out.IDs[id.Role] = id.Value
	}
	related := map[string]associated1{}
	for n, p := range i.Pictures {
		a := item1{URI: i.URI + "#" + p.ID, Type: "picture", Headline: p.Alt, Description: p.Caption, By: p.Credit, Sizes: sizes1(p)}
		related["picture_"+strconv.Itoa(n+1)] = a
	}
	for _, s := range i.Siblings {
		a := item1{URI: s.URI, Type: "text", Lang: s.Lang, Headline: s.Headline}
		if s.Page != "" {
			a.IDs = map[string]string{"page": s.Page}
		}
		related[translation+"_"+s.Lang] = a
	}
	if len(related) > 0 {
		out.Associations = related
	}
	return out
}

func subjects1(i format.Item) []concept1 {
	var all []concept1
	for _, s := range i.Subjects {
		c := concept1{Name: s.Label(), Code: s.ID}
		if code, ok := strings.CutPrefix(s.Code, "medtop:"); ok {
			c.Scheme, c.Code = topics, code
		}
		all = append(all, c)
	}
	for _, k := range i.Content.Keywords {
		all = append(all, concept1{Name: k, Rel: keyword})
	}
	return all
}

func sizes1(p format.Picture) map[string]rendition1 {
	all := map[string]rendition1{}
	for _, s := range p.Sizes {
		all[width(s)] = rendition1{s.Href, s.Type, s.Width, s.Height, s.Bytes}
	}
	return all
}

// superdesk is an item as Superdesk publishes it and takes it in.
type superdesk struct {
	GUID         string                 `json:"guid"`
	Type         string                 `json:"type"`
	Version      string                 `json:"version,omitempty"`
	Created      string                 `json:"firstcreated,omitempty"`
	Changed      string                 `json:"versioncreated,omitempty"`
	Embargo      string                 `json:"embargoed,omitempty"`
	Status       string                 `json:"pubstatus"`
	Urgency      int                    `json:"urgency,omitempty"`
	Priority     int                    `json:"priority,omitempty"`
	Lang         string                 `json:"language,omitempty"`
	Slug         string                 `json:"slugline,omitempty"`
	Headline     string                 `json:"headline,omitempty"`
	Description  string                 `json:"description_text,omitempty"`
	By           string                 `json:"byline,omitempty"`
	Place        string                 `json:"located,omitempty"`
	Body         string                 `json:"body_html,omitempty"`
	Services     []concept1             `json:"service,omitempty"`
	Subjects     []concept1             `json:"subject,omitempty"`
	Keywords     []string               `json:"keywords,omitempty"`
	Source       string                 `json:"source,omitempty"`
	Note         string                 `json:"ednote,omitempty"`
	Holder       string                 `json:"copyrightholder,omitempty"`
	Copyright    string                 `json:"copyrightnotice,omitempty"`
	Signals      []concept1             `json:"signal,omitempty"`
	Associations map[string]associated1 `json:"associations,omitempty"`
	Extra        map[string]string      `json:"extra,omitempty"`
}

// superPicture is a picture in an item of Superdesk's.
type superPicture struct {
	GUID        string                `json:"guid"`
	Type        string                `json:"type"`
	Headline    string                `json:"headline,omitempty"`
	Description string                `json:"description_text,omitempty"`
	Alt         string                `json:"body_text,omitempty"`
	By          string                `json:"byline,omitempty"`
	Sizes       map[string]rendition1 `json:"renditions,omitempty"`
}

// EncodeSuperdesk writes Superdesk's flavour: the one item, or else a list.
func EncodeSuperdesk(w io.Writer, items []format.Item, o format.Options) error {
	return write(w, items, func(i format.Item) any { return superItem(i.As(o)) })
}

func superItem(i format.Item) superdesk {
	out := superdesk{
		GUID: i.URI, Type: typed(i), Version: counted(i.Version), Created: superStamp(i.Created), Changed: superStamp(i.Changed),
		Embargo: superStamp(i.Content.Embargo), Status: string(i.Standing()), Urgency: i.Content.Urgency, Priority: i.Content.Urgency,
		Lang: i.Lang, Slug: i.Content.Slug, Headline: i.Content.Headline, Description: i.Content.Teaser, By: i.Content.Byline,
		Place: i.Content.Place, Body: xhtml(i), Keywords: i.Content.Keywords, Source: i.Content.Credit, Note: i.Editorial(),
		Holder: i.Holder, Copyright: i.Copyright,
	}
	for _, s := range i.Subjects {
		if s.ID != "" || s.Code == "" {
			out.Services = append(out.Services, concept1{Name: s.Label(), Code: s.ID})
		}
		if s.Code != "" {
			scheme, code, _ := strings.Cut(s.Code, ":")
			out.Subjects = append(out.Subjects, concept1{Name: s.Label(), Scheme: scheme, Code: code})
		}
	}
	if i.Signal != "" {
		out.Signals = []concept1{{Name: string(i.Signal), Code: string(i.Signal)}}
	}
	for _, id := range ids(i) {
		if out.Extra == nil {
			out.Extra = map[string]string{}
		}
		out.Extra[id.Role] = id.Value
	}
	for n, p := range i.Pictures {
		if out.Associations == nil {
			out.Associations = map[string]associated1{}
		}
		name := "featuremedia"
		if n > 0 {
			name = "embedded" + strconv.Itoa(n)
		}
		out.Associations[name] = superPicture{i.URI + "#" + p.ID, "picture", p.Caption, p.Caption, p.Alt, p.Credit, sizes1(p)}
	}
	return out
}

// superStamp writes a time as Superdesk does, with its zone without a colon.
func superStamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05-0700")
}
