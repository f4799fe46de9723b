package desk

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"wireroom/story"
	"wireroom/story/compare"
)

// advises proposes an advisory from the difference between what readers have
// and the newest text, in the story's own language; "" when nothing of it is
// for them to know.
func (v *visit) advises(st story.Story) (string, error) {
	if st.SentRevision == 0 {
		return "", nil
	}
	sent, err := v.desk.Stories.Revision(v.r.Context(), st.ID, st.SentRevision)
	if err != nil {
		return "", err
	}
	was := sent.Content
	if st.Alert {
		was = was.AlertOnly()
	}
	return v.advisory(string(st.Lang), was, st.Content), nil
}

// mostQuoted is how many speakers an advisory names.
const mostQuoted = 2

func (v *visit) advisory(lang string, was, now story.Content) string {
	say := func(id string, args ...any) string { return v.desk.words.T(lang, id, args...) }
	var all []string
	var added, changed []int
	removed := false
	for _, l := range compare.Bodies(was.Body, now.Body) {
		switch {
		case l.Change == compare.Lost:
			removed = true
		case l.Para == 0:
		case l.Change == compare.New:
			if who := speaker(l.Text()); who != "" && len(all) < mostQuoted {
				all = append(all, say("advisory-quotes", "who", who, "paragraph", l.Para))
				continue
			}
			added = append(added, l.Para)
		case l.Change == compare.Changed:
			changed = append(changed, l.Para)
		}
	}
	if len(added) > 0 {
		all = append(all, say("advisory-adds", "n", len(added), "paragraphs", ranges(added)))
	}
	if len(changed) > 0 {
		all = append(all, say("advisory-changes", "n", len(changed), "paragraphs", ranges(changed)))
	}
	if removed && len(all) == 0 {
		all = append(all, say("advisory-cuts"))
	}
	if was.Headline != now.Headline {
		all = append(all, say("advisory-headline"))
	}
	return strings.Join(all, "; ")
}

// ranges writes numbers that grow as a person does: "2, 4–6".
func ranges(of []int) string {
	var all []string
	for i := 0; i < len(of); {
		end := i
		for end+1 < len(of) && of[end+1] == of[end]+1 {
			end++
		}
		one := fmt.Sprint(of[i])
		if end > i {
			one = fmt.Sprintf("%d–%d", of[i], of[end])
		}
		all = append(all, one)
		i = end + 1
	}
	return strings.Join(all, ", ")
}

// quotation is what stands between the marks of any of the languages.
var quotation = regexp.MustCompile(`[“«„][^”»“]*[”»“]`)

// speaker is the first name outside the quotation marks of a paragraph that
// quotes; "" when nobody is quoted or named. One capital at the beginning of a
// sentence makes no name.
func speaker(text string) string {
	if !quotation.MatchString(text) {
		return ""
	}
	words := append(strings.Fields(quotation.ReplaceAllString(text, " – ")), "–")
	begins := true
	var name []string
	for _, word := range words {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		if first, _ := utf8.DecodeRuneInString(bare); unicode.IsUpper(first) && (len(name) > 0 || !begins || word == bare) {
			name = append(name, bare)
			if word == bare {
				continue
			}
		}
		if len(name) > 1 || len(name) == 1 && !begins {
			return strings.Join(name, " ")
		}
		name, begins = nil, strings.HasSuffix(word, ".")
	}
	return ""
}
