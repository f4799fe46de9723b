package desk

import (
	"errors"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"wireroom/copybook"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
	"wireroom/story/markup"
)

// copying is the page of one text of the copybook: to write in for those who
// may, to read and to copy from for the others.
type copying struct {
	frame
	Action, Back string
	Write, New   bool
	Removed      bool
	Done, Notice string
	Base         string
	Kind         string
	Use          string
	Boxes        map[string]box
	Summary      []wrong
	Preview      template.HTML
	Text         copiedText

	wrong map[string]string
}

// copiedText is a text of the copybook as it is typed.
type copiedText struct{ Kind, Lang, Name, Topic, Headline, Body string }

func (d *Desk) newEntry(w http.ResponseWriter, v *visit) error {
	if err := copybook.May(v.person); err != nil {
		return err
	}
	t := copiedText{Kind: string(copybook.Background), Lang: string(v.house.Languages[0])}
	if v.house.Has(v.edition()) {
		t.Lang = v.lang
	}
	return v.copying(w, http.StatusOK, &copying{Text: t}, nil)
}

func (d *Desk) entry(w http.ResponseWriter, v *visit) error {
	e, err := d.Copybook.Get(v.r.Context(), v.entryID())
	if err != nil {
		return err
	}
	p := &copying{Text: writtenText(e.Text)}
	if v.r.URL.Query().Get("done") == "saved" {
		p.Done = v.T("copybook-done-saved")
	}
	return v.copying(w, http.StatusOK, p, &e)
}

func (v *visit) entryID() copybook.ID { return copybook.ID(v.r.PathValue("entry")) }

func writtenText(t copybook.Text) copiedText {
	return copiedText{string(t.Kind), string(t.Lang), t.Name, t.Topic, t.Headline, markup.Print(t.Body)}
}

func (d *Desk) addEntry(w http.ResponseWriter, v *visit) error {
	return v.saveCopy(w, nil, func(t copybook.Text, _ int64) (copybook.Entry, error) {
		return d.Copybook.Add(v.r.Context(), v.person, t)
	})
}

func (d *Desk) saveEntry(w http.ResponseWriter, v *visit) error {
	e, err := d.Copybook.Get(v.r.Context(), v.entryID())
	if err != nil {
		return err
	}
	return v.saveCopy(w, &e, func(t copybook.Text, base int64) (copybook.Entry, error) {
		return d.Copybook.Save(v.r.Context(), v.person, e.ID, base, t)
	})
}

// saveCopy keeps what was typed, or shows it again with what stands against it.
func (v *visit) saveCopy(w http.ResponseWriter, was *copybook.Entry, keep func(copybook.Text, int64) (copybook.Entry, error)) error {
	if err := copybook.May(v.person); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	typed := v.r.PostForm
	p := &copying{wrong: map[string]string{}, Base: typed.Get("base"), Text: copiedText{
		typed.Get("entry_kind"), typed.Get("lang"), lines(typed.Get("entry_name")), lines(typed.Get("entry_topic")),
		lines(typed.Get("headline")), lines(typed.Get("body")),
	}}
	body, err := markup.Parse(p.Text.Body)
	if err != nil {
		p.add(v, err)
		return v.copying(w, http.StatusUnprocessableEntity, p, was)
	}
	base, _ := strconv.ParseInt(p.Base, 10, 64)
	e, err := keep(copybook.Text{Kind: copybook.Kind(p.Text.Kind), Lang: masthead.Lang(p.Text.Lang), Name: p.Text.Name,
		Topic: p.Text.Topic, Headline: p.Text.Headline, Body: body}, base)
	var stale *copybook.Stale
	switch {
	case errors.As(err, &stale):
		p.Base = strconv.FormatInt(stale.Theirs.Version, 10)
		p.Notice = v.T("copybook-stale")
		if p.Preview, err = v.html(stale.Theirs.Body.Blocks, ""); err != nil {
			return err
		}
		return v.copying(w, http.StatusConflict, p, was)
	case fault.Is(err, fault.KindConflict):
		p.add(v, fault.Invalid("name", "there is a text of this name already"))
		return v.copying(w, http.StatusConflict, p, was)
	case fault.Is(err, fault.KindInvalid):
		p.add(v, err)
		return v.copying(w, http.StatusUnprocessableEntity, p, was)
	case err != nil:
		return err
	}
	return v.see(w, entryURL(e.ID)+"?done=saved")
}

// copyFields are the fields of the form by what the copybook calls them.
var copyFields = map[string]string{"kind": "entry_kind", "name": "entry_name", "topic": "entry_topic", "lang": "lang", "headline": "headline"}

func (p *copying) add(v *visit, err error) {
	field, known := copyFields[fieldOf(err)]
	if !known {
		field = "body"
	}
	p.wrong[field] = v.rule(field, err)
	if field == "body" && strings.TrimSpace(p.Text.Body) == "" {
		p.wrong[field] = v.T("rule-entry_body")
	}
	p.Summary = append(p.Summary, wrong{field, v.T("field-" + field), p.wrong[field]})
}

// copying shows the form; e is nil for a new text.
func (v *visit) copying(w http.ResponseWriter, status int, p *copying, e *copybook.Entry) error {
	p.Action, p.Back, p.New, p.Write = copybookURL, copybookURL, e == nil, copybook.May(v.person) == nil
	title := v.T("copybook-new")
	if e != nil {
		title, p.Action, p.Removed = e.Name, entryURL(e.ID), !e.Removed.IsZero()
		if p.Base == "" {
			p.Base = strconv.FormatInt(e.Version, 10)
		}
		if e.Kind == copybook.Template && !p.Removed && story.MayWrite(v.person, nil) == nil {
			p.Use = newURL + "?template=" + string(e.ID)
		}
		var err error
		if p.Preview == "" {
			if p.Preview, err = v.html(e.Body.Blocks, ""); err != nil {
				return err
			}
		}
	}
	p.frame, p.Kind = v.frame(title), v.T("copybook-"+p.Text.Kind)
	p.style("copybook.css")
	if p.Write {
		p.types()
	}
	p.boxes(v)
	return v.show(w, status, "copybook_entry", p)
}

func (p *copying) boxes(v *visit) {
	t := p.Text
	p.Boxes = map[string]box{
		"entry_name":  {Value: t.Name, Help: v.T("help-entry_name")},
		"entry_topic": {Value: t.Topic, Help: v.T("help-entry_topic")},
		"headline":    {Value: t.Headline, Lang: t.Lang, Rows: 2, Help: v.T("help-entry_headline")},
		"body":        {Value: t.Body, Lang: t.Lang, Rows: 16},
		"entry_kind":  {},
		"lang":        {},
	}
	for name, b := range p.Boxes {
		b.Name, b.Label, b.Wrong, b.Type = name, v.T("field-"+name), p.wrong[name], "text"
		p.Boxes[name] = b
	}
	kind, lang := p.Boxes["entry_kind"], p.Boxes["lang"]
	for _, k := range copybook.Kinds() {
		kind.Options = append(kind.Options, option{string(k), v.T("copybook-" + string(k)), string(k) == t.Kind})
	}
	for _, l := range v.house.Languages {
		lang.Options = append(lang.Options, option{string(l), v.T("lang-" + string(l)), string(l) == t.Lang})
	}
	p.Boxes["entry_kind"], p.Boxes["lang"] = kind, lang
}

func (d *Desk) removeEntry(w http.ResponseWriter, v *visit) error {
	if _, err := d.Copybook.Remove(v.r.Context(), v.person, v.entryID()); err != nil {
		return err
	}
	return v.see(w, copybookURL+"?done=removal")
}

func (d *Desk) returnEntry(w http.ResponseWriter, v *visit) error {
	e, err := d.Copybook.PutBack(v.r.Context(), v.person, v.entryID())
	if err != nil {
		return err
	}
	return v.see(w, entryURL(e.ID)+"?done=saved")
}

// byTemplate begins a form by a template of the copybook, if the address names
// one.
func (v *visit) byTemplate(f form) (form, error) {
	id := v.r.URL.Query().Get("template")
	if id == "" {
		return f, nil
	}
	e, err := v.desk.Copybook.Get(v.r.Context(), copybook.ID(id))
	if err != nil {
		return f, err
	}
	f.Lang, f.Headline, f.Body = string(e.Lang), e.Headline, markup.Print(e.Body)
	return f, nil
}
