package desk_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wireroom/db/dbtest"
	"wireroom/staff"
	"wireroom/story"
	speech "wireroom/web/words"
)

func matches(t *testing.T, pattern string, files ...string) (found []string) {
	t.Helper()
	for _, glob := range files {
		names, err := filepath.Glob(glob)
		if err != nil || len(names) == 0 {
			t.Fatalf("nothing is called %s: %v", glob, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(data), -1) {
				found = append(found, m[1])
			}
		}
	}
	return found
}

func TestEverySentenceThatThePagesAskForIsThere(t *testing.T) {
	known := matches(t, `(?m)^\[?([a-z0-9_-]+)(?: =|\])`, "words/en.toml", "words/*/en.toml", "../web/words/common/en.toml")
	asked := append(matches(t, `\.T "([^"]+)"`, "pages/*.html"), matches(t, `\.T\("([^"]+)"[,)]`, "*.go")...)
	asked = append(asked, matches(t, `\.say\("[^"]+", "([^"]+)"`, "*.go")...)
	asked = append(asked, matches(t, `\.note\("([^"]+)"`, "*.go")...)
	asked = append(asked, matches(t, `\.(?:note|short)\("(?:[^"]+", ")?([^"]+)"`, "*.go")...)
	for _, question := range matches(t, `\.say\("([^"]+)"`, "*.go") {
		asked = append(asked, "ask-"+question)
	}
	if len(asked) < 150 {
		t.Fatalf("the pages ask for only %d sentences: this test looks in the wrong place", len(asked))
	}
	for _, id := range asked {
		if !slices.Contains(known, id) {
			t.Errorf("there is no sentence %q", id)
		}
	}
}

// A sentence that is missing is shown as its id; one that lacks a part of
// itself as "<no value>".
var (
	asID = regexp.MustCompile(`<no value>|\b(?:ask|says|state|stage|act|do|note|panel|rule|field|log|done|signal|urgency|lang|edition|role|sorry|warn|stop|help|kept|conflict|masthead|sign|nav|col|fact|count|section|picture|wrong|flow|turn|plan|planned|missed|workflow|rules|row|left|zone)-[a-z_-]*[a-z]\b`)
	// foreign are English words among those of another language. What stays
	// English is the command, marks of the text, and names.
	foreign = regexp.MustCompile(`[A-Za-z]{2,}`)
	stays   = []string{"wireroom", "link", "JavaScript", "localhost", "rita", "tina", "adam", "edvard", "chaya", "pozirk", "data", "English", "UTC", "https", "example", "org", "embed", "youtube", "id", "en", "ru", "be",
		"Rita", "Tina", "Adam", "Edvard", "Chaya", "Pozirk", "POZIRK", "Europe", "Minsk", "Vilnius", "RSS", "iCalendar", "JPEG", "PNG", "GIF", "WebP", "politics", "economy", "plus"}
)

// typed are English words of the test's own stories and masthead.
var typed = strings.NewReplacer("The material is available only to", "", "It was so.", "", "Not so.", "", ", anew", "", "council", "",
	"The first paragraph.", "", "The second paragraph.", "", "The third paragraph.", "")

// shown gives each text of a page that a person reads or hears; the names of
// keys are those on the keyboard.
func (p page) shown() (texts []string) {
	for d := range p.doc.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "textarea" && d.Parent.Data != "kbd" && attr(d.Parent, "class") != "secret" {
			texts = append(texts, d.Data)
		}
		for _, key := range []string{"title", "aria-label", "alt", "placeholder"} {
			if d.Type == html.ElementNode {
				texts = append(texts, attr(d, key))
			}
		}
	}
	return texts
}

// speaks fails if the page lacks words, or has some of another language.
func (p page) speaks(lang string) {
	p.n.Helper()
	if got := attr(p.all("html")[0], "lang"); got != lang {
		p.n.Errorf("%s is in %q, not in %q", p.at, got, lang)
	}
	for _, text := range p.shown() {
		if id := asID.FindString(text); id != "" {
			p.n.Errorf("in %s, %d at %s says %q in %q", lang, p.status, p.at, id, strings.TrimSpace(text))
		}
		if lang == "en" {
			continue
		}
		for _, word := range foreign.FindAllString(typed.Replace(text), -1) {
			if !slices.Contains(stays, word) {
				p.n.Errorf("in %s, %d at %s has %q in %q", lang, p.status, p.at, word, strings.TrimSpace(text))
			}
		}
	}
}

// local is a story without a Latin letter.
func local() story.Content {
	c := story.Content{Headline: "Рада сабралася", Slug: "рада", Teaser: "Сабралася.", Place: "Вільня", Sections: []string{"politics", "economy"}, Plan: "plus",
		Byline: "Рыта", Credit: "Позірк", Note: "Патэлефанаваць", Keywords: []string{"рада"}, Urgency: 3}
	for _, s := range []string{"Першы абзац.", "Другі абзац."} {
		c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(s)))
	}
	return c
}

func TestEveryPageSpeaksEachLanguageWithoutMissingWords(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	var all []story.Story
	for _, state := range story.States() {
		st := n.in(state, local())
		if st.SentRevision > 0 && st.State != story.Killed {
			c := local()
			c.Embargo, c.OpensAt = n.now.AddDate(0, 0, 2), n.now.AddDate(0, 0, 3)
			var err error
			st, err = n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, st.Revision, c)
			n.ok(err)
			_, err = n.stories.Translate(n.ctx(), n.people[staff.Chief], st.ID, "be")
			n.ok(err)
		}
		all = append(all, st)
	}
	for _, lang := range speech.Langs {
		for _, role := range staff.Roles() {
			c := n.as(role)
			c.posts("/desk/language", url.Values{"lang": {lang}})
			for _, path := range []string{"/desk/?stage=out", "/desk/?stage=desk", "/desk/?stage=spiked&lang=ru", "/desk/new", "/desk/keys", "/desk/mentions", "/desk/?stage=all&q=x&section=politics", headed, "/desk/masthead/workflow", "/desk/masthead/plans", "/desk/planned", "/desk/nowhere", "/desk/sign-in", "/desk/sign-in/used"} {
				c.opens(path).speaks(lang)
			}
			for _, st := range all {
				for _, rest := range []string{"", "/edit", "/revisions/1", "/compare", "/compare?from=1&to=1", "/comments", "?show=sent", "/nowhere", "/release", "/alert", "/update", "/correction", "/hold", "/release-from-hold", "/return", "/spike", "/kill", "/schedule", "/flag", "/flag-removal"} {
					c.opens(at(st.ID, rest)).speaks(lang)
				}
			}
		}
		n.answersSpeak(lang, all)
	}
}

// answersSpeak asks for the pages that only come after something was sent.
func (n *newsroom) answersSpeak(lang string, all []story.Story) {
	n.Helper()
	editor, chief := n.as(staff.Editor), n.as(staff.Chief)
	editor.posts("/desk/language", url.Values{"lang": {lang}})
	chief.posts("/desk/language", url.Values{"lang": {lang}})
	draft, out := all[0], all[3]
	for _, done := range []string{"create", "revision", "submission", "ready", "unspike", "pin", "translation", "release", "alert", "update", "correction", "hold", "release-from-hold", "kill", "spike", "return", "restoration"} {
		editor.opens(at(out.ID, "?done="+done)).speaks(lang)
	}
	for _, wrong := range [][]string{
		{"headline", "Р\x01"}, {"slug", "р\x01"}, {"teaser", "\x01"}, {"byline", "\x01"}, {"credit", "\x01"}, {"place", "\x01"}, {"note", "\x01"}, {"points", "\x01"}, {"keywords", "\x01"},
		{"section", "99"}, {"plan", "99"}, {"urgency", "х", "date", "х", "cut", "х", "opens_at", "х", "embargo", "х", "body", "\x01", "do", "picture"}, {"lang", "99"},
	} {
		f := editor.opens("/desk/new").form("/desk/stories").fills("byline", "Рыта").fills(wrong...)
		p := editor.sends(f)
		p.speaks(lang)
		if p.status != 422 || len(p.all("span", "wrong")) != max(1, len(wrong)/2) {
			n.Errorf("in %s, %q answers %d and names %q", lang, wrong, p.status, p.texts("span", "wrong"))
		}
	}
	stale := editor.opens(at(draft.ID, "/edit")).form(at(draft.ID, "/revisions")).fills("base", "0", "headline", "Іначай", "body", "Іначай.")
	editor.sends(stale, "do", "save").speaks(lang)
	killed := all[7]
	for _, p := range []page{
		editor.sends(form{Values: url.Values{"base": {"1"}, "headline": {"Позна"}}, action: at(killed.ID, "/revisions")}),
		editor.posts(at(out.ID, "/correction"), url.Values{"base": {"0"}, "note": {"Так."}}), editor.posts(at(out.ID, "/correction"), url.Values{"base": {itoa(out.Revision)}, "note": {""}}),
		editor.posts(at(out.ID, "/update"), url.Values{"base": {itoa(out.Revision)}, "note": {"\x01"}}), editor.posts(at(out.ID, "/kill"), url.Values{"note": {"Так."}}),
		editor.posts(at(killed.ID, "/kill"), url.Values{"note": {"Так."}}), editor.posts(at(killed.ID, "/kill"), nil), editor.posts(at(out.ID, "/pin"), url.Values{"pin": {"99"}}),
		editor.posts(at(out.ID, "/hold"), url.Values{"note": {strings.Repeat("ж", 64<<10)}}), editor.asks("PUT", "/desk/"), editor.posts(headed, nil),
		chief.posts(headed, nil), chief.opens(headed + "?done=yes"), n.outside(lang).opens("/desk/"), n.outside(lang).posts(at(out.ID, "/kill"), url.Values{"note": {"Так."}}),
		n.outside(lang).opens(n.link(n.people[staff.Editor])),
	} {
		p.speaks(lang)
	}
	for field, wrong := range map[string]string{"name": "", "zone": "Европа", "public_url": "99", "section..be": "!", "plan..be": "!", "names.be": "\x01"} {
		f := chief.opens(headed).form(headed)
		p := chief.sends(f.fills(field, wrong))
		if p.speaks(lang); p.status != 422 || len(p.all("p", "warn")) != 1 {
			n.Errorf("in %s, a wrong %s answers %d", lang, field, p.status)
		}
	}
}

// outside is a stranger whose browser asks for the language.
func (n *newsroom) outside(lang string) *clerk {
	c := n.stranger()
	c.headers = []string{"Accept-Language", lang}
	return c
}
