package site

import (
	"context"
	"net/http"
	"strings"
)

const mostCorrections = 100

// corrections is the page where the agency says what it got wrong.
type corrections struct {
	frame
	Items []corrected
}

// corrected is one correction with the story that it mends.
type corrected struct {
	item
	Kind, Note string
	At         when
}

func (s *Site) corrections(ctx context.Context, v *visit, _ *http.Request) (sheet, error) {
	c := corrections{frame: v.frame(v.T("corrections"))}
	c.About = v.T("corrections-about", "agency", c.Agency)
	found, err := s.Door.Corrections(ctx, v.edition(), mostCorrections, v.Viewer)
	if err != nil {
		return sheet{}, err
	}
	for _, k := range found {
		c.Items = append(c.Items, corrected{
			item: v.item(k.Rendition), Note: k.Note, At: v.exact(k.At, false),
			Kind: v.T("kind-" + strings.ToLower(string(k.Kind))),
		})
	}
	c.Card = &card{Type: "website", Title: c.Title, About: c.About}
	return sheet{"corrections", &c}, nil
}
