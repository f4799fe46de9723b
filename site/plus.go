package site

import (
	"context"
	"net/http"

	"wireroom/fault"
)

// offer is the page that says what a subscription is.
type offer struct {
	frame
	Plans []offered
}

type offered struct{ Name, Notice string }

func (s *Site) plus(_ context.Context, v *visit, _ *http.Request) (sheet, error) {
	if len(v.house.Plans) == 0 {
		return sheet{}, fault.NotFound("offer")
	}
	o := offer{frame: v.frame(v.T("plus-title"))}
	for _, p := range v.house.Plans {
		o.Plans = append(o.Plans, offered{p.Name(v.edition()), p.Notice(v.edition())})
	}
	if len(o.Plans) == 1 {
		o.Title = o.Plans[0].Name
	}
	o.About = v.T("plus-about", "agency", o.Agency)
	o.Card = &card{Type: "website", Title: o.Title, About: o.About}
	return sheet{"plus", &o}, nil
}
