package site

import (
	"slices"
	"strconv"

	"wireroom/bulletin/alert"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

// mostRung is how much of a sentence a lock screen shows, in characters.
const mostRung = 160

// Ring is a story as an alert. Of a locked one it tells the headline alone;
// neutral is without a word of either.
func (s *Site) Ring(r reveal.Rendition, corrected, neutral bool) alert.Message {
	lang := string(r.Lang())
	m := alert.Message{Title: r.Headline(), Lang: lang, Path: storyURL(lang, strconv.FormatInt(int64(r.Number()), 10))}
	switch {
	case neutral && corrected:
		m.Title = s.words.T(lang, "ring-neutral-corrected")
		return m
	case neutral:
		m.Title = s.words.T(lang, "ring-neutral")
		return m
	}
	if corrected {
		m.Title = s.words.T(lang, "ring-corrected", "headline", r.Headline())
	}
	switch {
	case r.Locked():
	case corrected && correctionOf(r) != "":
		m.Body = atMost(correctionOf(r), mostRung)
	case r.Alert():
		m.Body = s.words.T(lang, "more-follows")
	default:
		m.Body = atMost(r.Teaser(), mostRung)
	}
	return m
}

// correctionOf is what the last correction says.
func correctionOf(r reveal.Rendition) string {
	for _, note := range slices.Backward(r.History()) {
		if note.Signal == story.SignalCorrection {
			return note.Text
		}
	}
	return ""
}

// Unring stands in place of an alert that is withdrawn.
func (s *Site) Unring(lang masthead.Lang, _ story.Number, neutral bool) alert.Message {
	m := alert.Message{Title: s.words.T(string(lang), "ring-struck"), Body: s.words.T(string(lang), "ring-struck-say"), Lang: string(lang), Path: pageURL(string(lang), "corrections")}
	if neutral {
		m.Title, m.Body = s.words.T(string(lang), "ring-neutral-struck"), ""
	}
	return m
}
