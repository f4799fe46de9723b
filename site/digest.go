package site

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"wireroom/bulletin"
	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web/words"
)

var digestPage = template.Must(template.ParseFS(files, "letters/digest.html"))

// digest is an issue of a bulletin as its readers see it.
type digest struct {
	Lang, Agency, Name, Day string
	Stories                 []digestStory
	Notices                 []digestNotices
	MoreURL, MoreWords      string
	Read, Why               string
	Quit, QuitWords         string
	Choose, ChooseWords     string

	first string // headline
}

// digestStory is one story: its teaser, or the whole of it.
type digestStory struct {
	URL, Headline, Sections, When string
	Teaser, Notice                string
	Whole                         template.HTML
	More                          bool // there is more behind the address

	text string // of the whole
}

// digestNotices are corrections, or what was withdrawn.
type digestNotices struct {
	Title string
	Items []digestNotice
}

type digestNotice struct{ URL, Headline, Words string }

// Digest prints an issue for all readers who hold the same plans. Invalid
// without a public address, for its links would lead nowhere.
func (s *Site) Digest(ctx context.Context, b bulletin.Bulletin, issue bulletin.Issue, v reveal.Viewer) (bulletin.Sheet, error) {
	return s.digest(ctx, b, issue, v, "digest-why", "digest-quit", "digest-choose")
}

// digest prints a letter; why, quit and choose are the sentences at its end.
func (s *Site) digest(ctx context.Context, b bulletin.Bulletin, issue bulletin.Issue, v reveal.Viewer, why, quit, choose string) (bulletin.Sheet, error) {
	house := s.Masthead()
	if house.PublicURL == "" {
		return bulletin.Sheet{}, fault.Invalid("public_url", "the agency has no public address, to which the links of a letter lead")
	}
	lang := string(b.Lang)
	t := func(id string, args ...any) string { return s.words.T(lang, id, args...) }
	day := words.LongDay(lang, issue.At.In(house.Zone))
	agency := house.Credit(b.Lang)
	d := digest{
		Lang: lang, Agency: agency, Name: b.Name, Day: day, Read: t("digest-read"),
		Why:  t(why, "name", b.Name, "agency", agency),
		Quit: bulletin.QuitMark, QuitWords: t(quit), Choose: house.PublicURL + accountURL(lang), ChooseWords: t(choose),
	}
	if issue.More > 0 {
		d.MoreURL, d.MoreWords = house.PublicURL+pageURL(lang, "latest"), t("digest-more-link")
	}
	if err := s.fill(ctx, &d, b, issue, v); err != nil {
		return bulletin.Sheet{}, err
	}
	sheet := bulletin.Sheet{Subject: d.subject(b, t), Text: d.plain(), Empty: len(d.Stories) == 0 && len(d.Notices) == 0}
	var page bytes.Buffer
	if err := digestPage.Execute(&page, d); err != nil {
		return bulletin.Sheet{}, fault.Internal("print a bulletin", err)
	}
	sheet.HTML = page.String()
	return sheet, nil
}

// fill asks the door for each story of the issue, for what it is worth now.
func (s *Site) fill(ctx context.Context, d *digest, b bulletin.Bulletin, issue bulletin.Issue, v reveal.Viewer) error {
	var ids []story.ID
	for _, t := range issue.Items {
		ids = append(ids, t.Story)
	}
	found, err := s.Door.Several(ctx, ids, v, !b.Rules.Whole)
	if err != nil {
		return err
	}
	var fixed, killed []digestNotice
	for _, t := range issue.Items {
		r, there := found[t.Story]
		switch {
		case !there:
			notice, err := s.killed(ctx, b.Lang, t)
			if err != nil {
				return err
			}
			if notice != nil {
				killed = append(killed, *notice)
			}
		case t.Kind == bulletin.Correction:
			fixed = append(fixed, s.fixed(r))
		default:
			one, err := s.told(b, r)
			if err != nil {
				return err
			}
			d.Stories = append(d.Stories, one)
		}
	}
	if len(d.Stories) > 0 {
		d.first = d.Stories[0].Headline
	}
	for _, n := range []struct {
		title string
		items []digestNotice
	}{{"digest-corrections", fixed}, {"digest-killed", killed}} {
		if len(n.items) > 0 {
			d.Notices = append(d.Notices, digestNotices{s.words.T(d.Lang, n.title), n.items})
		}
	}
	return nil
}

// killed is the notice of what is withdrawn; nil for what may not be spoken of,
// a story that is held, say.
func (s *Site) killed(ctx context.Context, lang masthead.Lang, t bulletin.Item) (*digestNotice, error) {
	_, err := s.Door.Story(ctx, lang, t.Number, reveal.Viewer{})
	var k *reveal.Killed
	switch {
	case errors.As(err, &k):
		return &digestNotice{URL: s.storyAddress(string(lang), t.Number), Words: k.Notice}, nil
	case err == nil || fault.Is(err, fault.KindNotFound):
		return nil, nil
	}
	return nil, err
}

func (s *Site) fixed(r reveal.Rendition) digestNotice {
	n := digestNotice{URL: s.storyAddress(string(r.Lang()), r.Number()), Headline: r.Headline()}
	for _, note := range slices.Backward(r.History()) {
		if note.Signal == story.SignalCorrection {
			n.Words = note.Text
			break
		}
	}
	if n.Words == "" {
		n.Words = s.words.T(string(r.Lang()), "digest-read")
	}
	return n
}

func (s *Site) storyAddress(lang string, n story.Number) string {
	return s.Masthead().PublicURL + storyURL(lang, strconv.FormatInt(int64(n), 10))
}

// told is a story of the issue.
func (s *Site) told(b bulletin.Bulletin, r reveal.Rendition) (digestStory, error) {
	house, lang := s.Masthead(), string(r.Lang())
	one := digestStory{URL: s.storyAddress(lang, r.Number()), Headline: r.Headline(), Notice: r.Notice(), Teaser: r.Teaser(), More: true,
		When: words.Moment(lang, r.Sent().In(house.Zone))}
	if r.DateOnly() {
		one.When = words.Day(lang, r.Sent().In(house.Zone))
	}
	var labels []string
	for _, section := range r.Sections() {
		labels = append(labels, section.Label(r.Lang()))
	}
	one.Sections = strings.Join(labels, ", ")
	if !b.Rules.Whole || r.Locked() {
		return one, nil
	}
	// A picture would be fetched when the letter is opened, which tells who did.
	blocks := slices.DeleteFunc(slices.Clone(r.Blocks()), func(n story.Node) bool { return n.Type == story.PictureNode })
	var page bytes.Buffer
	if err := print.HTML(&page, blocks, print.Options{Dateline: r.Dateline()}); err != nil {
		return one, fault.Internal("print a bulletin", err)
	}
	whole := strings.ReplaceAll(page.String(), ` href="/`, ` href="`+template.HTMLEscapeString(house.PublicURL)+`/`)
	one.Whole, one.More = template.HTML(whole), false
	one.text = strings.TrimSpace(r.Dateline() + " " + print.Text(blocks))
	return one, nil
}

// subject is what stands in the list of letters. A neutral one tells no news to
// whoever looks over the reader's shoulder.
func (d digest) subject(b bulletin.Bulletin, t func(string, ...any) string) string {
	own := strings.TrimSpace(b.Rules.Subject)
	switch {
	case b.Rules.Neutral && own != "":
		return own
	case d.first != "" && own != "":
		return own + ": " + d.first
	case d.first != "" && b.Rules.AtOnce:
		return d.first
	case len(d.Notices) > 0 && b.Rules.AtOnce:
		return b.Name + ": " + d.Notices[0].Title
	}
	return t("digest-subject", "name", b.Name, "day", d.Day)
}

// plain is the issue for programs and people that want text alone.
func (d digest) plain() string {
	var b strings.Builder
	line := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
		b.WriteByte('\n')
	}
	line(d.Name)
	line(d.Agency, " · ", d.Day)
	for _, s := range d.Stories {
		line()
		line("* ", s.Headline)
		line(strings.TrimPrefix(s.Sections+" · "+s.When, " · "))
		for _, text := range []string{s.text, teaser(s), s.Notice} {
			if text != "" {
				line()
				line(text)
			}
		}
		line()
		line(s.URL)
	}
	for _, n := range d.Notices {
		line()
		line("== ", n.Title, " ==")
		for _, i := range n.Items {
			line()
			if i.Headline != "" {
				line("* ", i.Headline)
			}
			line(i.Words)
			line(i.URL)
		}
	}
	if d.MoreURL != "" {
		line()
		line(d.MoreWords, ": ", d.MoreURL)
	}
	line()
	line("-- ")
	line(d.Why)
	line(d.QuitWords, ": ", d.Quit)
	line(d.ChooseWords, ": ", d.Choose)
	return b.String()
}

func teaser(s digestStory) string {
	if s.text != "" {
		return ""
	}
	return s.Teaser
}
