package site

import (
	"context"
	"net/http"
	"strings"

	"wireroom/bulletin"
	"wireroom/bulletin/cuttings"
	"wireroom/masthead"
	"wireroom/reveal"
)

// mostNamed is how many of the things that a reader follows a letter names.
const mostNamed = 6

// Cutting prints a letter to a reader who follows what is named. Its subject is
// the headline where there is one story, and never says what is followed.
func (s *Site) Cutting(ctx context.Context, lang masthead.Lang, names []string, issue bulletin.Issue, v reveal.Viewer) (bulletin.Sheet, error) {
	title := s.words.T(string(lang), "follow-letter")
	named := strings.Join(names[:min(len(names), mostNamed)], ", ")
	if len(names) > mostNamed {
		named += " …"
	}
	b := bulletin.Bulletin{Lang: lang, Name: title + ": " + named}
	b.Rules.AtOnce = len(issue.Items) == 1
	sheet, err := s.digest(ctx, b, issue, v, "follow-why", "follow-quit", "follow-choose")
	if !b.Rules.AtOnce {
		sheet.Subject = title
	}
	return sheet, err
}

// CuttingQuitURL is where the bearer of a ticket ends the letters about what
// they follow.
func (s *Site) CuttingQuitURL(lang masthead.Lang, ticket string) string {
	return s.QuitURL(bulletin.Bulletin{Lang: lang}, ticket)
}

// silences ends the letters about what a reader follows, if the ticket is of
// one and they are sure; false if it is of a bulletin's or of none.
func (s *Site) silences(r *http.Request, sure bool) (bool, error) {
	tickets, err := s.Readers.Tickets(r.Context())
	if err != nil {
		return false, err
	}
	reader, issue, err := tickets.Read(r.PathValue("ticket"))
	if err != nil || issue != cuttings.Issue {
		return false, nil
	}
	if !sure {
		return true, nil
	}
	return true, s.Readers.Silence(r.Context(), reader)
}
