package site

import (
	"html"
	"slices"
	"strings"

	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

// Telegram takes 4096 characters and refuses what is longer, on which a channel
// would get stuck.
const (
	mostTeaser     = 1500
	mostCorrection = 1000
)

// atMost is a text or its beginning, in characters.
func atMost(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// Posting is a story as it stands in a channel, in the few tags that Telegram
// takes: headline, teaser, what was corrected, and the way to the site.
func (s *Site) Posting(r reveal.Rendition) string {
	lang := string(r.Lang())
	parts := []string{"<b>" + html.EscapeString(r.Headline()) + "</b>"}
	if teaser := r.Teaser(); teaser != "" {
		parts = append(parts, html.EscapeString(atMost(teaser, mostTeaser)))
	}
	for _, note := range slices.Backward(r.History()) {
		if note.Signal == story.SignalCorrection && note.Text != "" {
			parts = append(parts, "<i>"+html.EscapeString(s.words.T(lang, "posting-corrected", "words", atMost(note.Text, mostCorrection)))+"</i>")
			break
		}
	}
	if notice := r.Notice(); notice != "" {
		parts = append(parts, "<i>"+html.EscapeString(notice)+"</i>")
	}
	if s.Masthead().PublicURL != "" {
		parts = append(parts, html.EscapeString(s.storyAddress(lang, r.Number())))
	}
	return strings.Join(parts, "\n\n")
}

// Struck stands where a story was that is withdrawn and cannot be taken out.
func (s *Site) Struck(lang masthead.Lang) string {
	return html.EscapeString(s.words.T(string(lang), "posting-struck"))
}
