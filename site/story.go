package site

import (
	"context"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"wireroom/reveal"

	"wireroom/fault"
	"wireroom/story"
)

const (
	railUnderStory = 20
	nearStory      = 5
)

// article is the page of one story.
type article struct {
	frame
	item
	Byline  string
	Changed *when // nil while it stands as first sent
	Text    template.HTML
	Paid    bool   // the story is for a plan, whoever reads it
	Alert   bool   // the headline alone is out; the story follows
	Opened  string // the plan that opened it to this viewer; "" is open or locked
	Gate    *gate  // nil for a viewer who has the whole story
	Ticket  bool   // it is open to this viewer for a while
	Gift    bool   // because a friend gave it
	Give    string // where its reader opens it to a friend; "" is nowhere
	Also    []edition
	History []change
	Related []item
	People  []label // who is named, with pages of their own
	Places  []label
	Topics  []label // to which it belongs
	More    *near
	Rail    []group
	Data    newsArticle
}

// near is more of the story's first section.
type near struct {
	label
	Items []item
}

// change is a correction or an update that readers should know of.
type change struct {
	Kind, Text string
	At         when
	Correction bool
}

func (s *Site) story(ctx context.Context, v *visit, r *http.Request) (sheet, error) {
	n, err := number(r.PathValue("number"))
	if err != nil {
		return sheet{}, err
	}
	rend, err := s.Door.Story(ctx, v.edition(), n, v.Viewer)
	if err != nil {
		return sheet{}, err
	}
	a := article{frame: v.frame(rend.Headline()), item: v.item(rend), Byline: rend.Byline()}
	a.Sent = v.exact(rend.Sent(), rend.DateOnly())
	if rend.Changed().After(rend.Sent()) && !rend.DateOnly() && len(rend.History()) > 0 {
		w := v.exact(rend.Changed(), false)
		a.Changed = &w
	}
	a.About, a.Paid = rend.Teaser(), !rend.Free()
	a.Gate = v.gate(rend, a.URL, r.PathValue("number"))
	a.Ticket, a.Gift = v.ticket != "", v.gift
	if plan, ok := rend.Plan(); ok && rend.Full() && !a.Ticket {
		a.Opened = plan.Name(v.edition())
		if v.house.Readers.Gifts > 0 {
			a.Give = a.URL + "/gift"
		}
	}
	a.Text, a.Alert = v.text(rend), rend.Alert()
	a.history(v, rend)
	if err := a.names(ctx, v, rend); err != nil {
		return sheet{}, err
	}
	if err := a.versions(ctx, v, rend); err != nil {
		return sheet{}, err
	}
	if err := a.related(ctx, v, rend); err != nil {
		return sheet{}, err
	}
	if err := a.near(ctx, v, rend); err != nil {
		return sheet{}, err
	}
	if a.Rail, err = v.rail(ctx, railUnderStory, n); err != nil {
		return sheet{}, err
	}
	a.describe(v, rend)
	return sheet{"story", &a}, nil
}

// names fills in who and what of the register is named, and the topics.
func (a *article) names(ctx context.Context, v *visit, r reveal.Rendition) error {
	if v.site.Register == nil {
		return nil
	}
	book, err := v.site.Register.Book(ctx)
	if err == nil {
		a.People, a.Places = v.named(r, book)
		a.Topics = v.topics(r, book)
	}
	return err
}

// number reads a public number, which has one spelling.
func number(s string) (story.Number, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != s {
		return 0, fault.NotFound("story")
	}
	return story.Number(n), nil
}

func (a *article) history(v *visit, r reveal.Rendition) {
	for _, n := range r.History() {
		kind := strings.ToLower(string(n.Signal))
		a.History = append(a.History, change{
			Kind: v.T("kind-" + kind), Text: n.Text, At: v.exact(n.At, false), Correction: kind == "correction",
		})
	}
}

// versions leads the language switch to the same story where there is one.
func (a *article) versions(ctx context.Context, v *visit, r reveal.Rendition) error {
	rs, err := v.site.Door.Versions(ctx, r, v.Viewer)
	if err != nil {
		return err
	}
	at := map[string]string{}
	for _, r := range rs {
		lang := string(r.Lang())
		at[lang] = storyURL(lang, strconv.FormatInt(int64(r.Number()), 10))
	}
	a.switches(func(lang string) string { return at[lang] })
	for _, e := range a.Langs {
		if e.Same && !e.Current {
			a.Also = append(a.Also, e)
		}
	}
	return nil
}

// near fills what stands beside the story with the latest of its section.
func (a *article) near(ctx context.Context, v *visit, r reveal.Rendition) error {
	if len(r.Sections()) == 0 {
		return nil
	}
	sec := r.Sections()[0]
	rs, err := v.site.Door.List(ctx, reveal.Query{Lang: v.edition(), Section: sec.ID, Limit: nearStory + 1 + len(a.Related), Brief: true}, v.Viewer)
	if err != nil {
		return err
	}
	rest := without(rs, a.named(), nearStory)
	if len(rest) > 0 {
		a.More = &near{v.label(sec), v.items(rest)}
	}
	return nil
}
