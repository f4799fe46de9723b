package desk

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wireroom/archive/register"
	"wireroom/fault"
	"wireroom/story"
)

// knowing is the page of one person, place or topic: to write in for those who may, to
// read for the others.
type knowing struct {
	frame
	Kind         register.Kind
	Action, Back string
	Write, New   bool
	Removed      bool
	Into         *acquaintance // the entry that it went into; nil is none
	Done, Notice string
	Base         string
	Summary      []wrong
	Boxes        map[string]box
	Spellings    []box
	Topic        bool
	Public       bool
	PublicURL    string // of the page for readers; "" is none
	Roles        []roleRow
	Twins        []acquaintance // who might be the same
	Others       []option       // whom it can be merged into
	Unlinked     []utterance
	Stories      []row // of a topic
	History      []deedOn

	wrong map[string]string
}

// roleRow is a role as it is typed.
type roleRow struct {
	From, To string
	Texts    []roleText
}

// roleText is what a role is called in an edition.
type roleText struct{ Lang, Label, Text string }

// deedOn is a line of an entry's history.
type deedOn struct {
	What, By string
	Changes  string
	Age      when
}

// emptyRoles are the rows that stand ready for more.
const emptyRoles = 2

func (v *visit) knownID() register.ID { return register.ID(v.r.PathValue("known")) }

func (d *Desk) newKnown(kind register.Kind) func(http.ResponseWriter, *visit) error {
	return func(w http.ResponseWriter, v *visit) error {
		if err := register.May(v.person); err != nil {
			return err
		}
		f := register.Facts{Names: map[story.Lang]string{}}
		lang := story.Lang(v.r.URL.Query().Get("lang"))
		if !v.house.Has(lang) {
			lang = v.house.Languages[0]
		}
		f.Names[lang] = strings.TrimSpace(v.r.URL.Query().Get("name"))
		f.Public = kind == register.Topic // a thread of stories is there to be followed
		return v.knowing(w, http.StatusOK, &knowing{Kind: kind}, f, nil)
	}
}

func (d *Desk) knownForm(w http.ResponseWriter, v *visit) error {
	e, err := d.Register.Get(v.r.Context(), v.knownID())
	if err != nil {
		return err
	}
	p := &knowing{Kind: e.Kind}
	if done := v.r.URL.Query().Get("done"); done == "saved" {
		p.Done = v.T("register-done-saved")
	}
	return v.knowing(w, http.StatusOK, p, e.Facts, &e)
}

// typedFacts reads the form.
func (v *visit) typedFacts() (register.Facts, error) {
	if err := v.r.ParseForm(); err != nil {
		return register.Facts{}, badForm(err)
	}
	form := v.r.PostForm
	f := register.Facts{Names: map[story.Lang]string{}, Slug: strings.TrimSpace(form.Get("known_slug")),
		Since: register.Moment(strings.TrimSpace(form.Get("since"))), Until: register.Moment(strings.TrimSpace(form.Get("until"))),
		Public: form.Get("public") != "", Aliases: strings.Split(lines(form.Get("aliases")), "\n")}
	for _, lang := range v.house.Languages {
		f.Names[lang] = form.Get("name_" + string(lang))
	}
	for i, from := range form["role_from"] {
		r := register.Role{Texts: map[story.Lang]string{}, From: register.Moment(strings.TrimSpace(from))}
		r.To = register.Moment(strings.TrimSpace(nth(form["role_to"], i)))
		for _, lang := range v.house.Languages {
			r.Texts[lang] = nth(form["role_"+string(lang)], i)
		}
		if words := strings.TrimSpace(strings.Join(slices.Collect(maps.Values(r.Texts)), "")); words != "" || r.From != "" || r.To != "" {
			f.Roles = append(f.Roles, r)
		}
	}
	return f, nil
}

func nth(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

func (d *Desk) addKnown(kind register.Kind) func(http.ResponseWriter, *visit) error {
	return func(w http.ResponseWriter, v *visit) error {
		if err := register.May(v.person); err != nil {
			return err
		}
		f, err := v.typedFacts()
		if err != nil {
			return err
		}
		book, err := d.Register.Book(v.r.Context())
		if err != nil {
			return err
		}
		p := &knowing{Kind: kind}
		if twins := book.Namesakes(kind, f); len(twins) > 0 && v.r.PostForm.Get("sure") == "" {
			for _, e := range twins {
				p.Twins = append(p.Twins, v.acquaintance(e))
			}
			p.Notice = v.T("register-twins")
			return v.knowing(w, http.StatusConflict, p, f, nil)
		}
		e, err := d.Register.Add(v.r.Context(), v.person, kind, f)
		return v.keptKnown(w, p, f, nil, e, err)
	}
}

func (d *Desk) saveKnown(w http.ResponseWriter, v *visit) error {
	if err := register.May(v.person); err != nil {
		return err
	}
	was, err := d.Register.Get(v.r.Context(), v.knownID())
	if err != nil {
		return err
	}
	f, err := v.typedFacts()
	if err != nil {
		return err
	}
	p := &knowing{Kind: was.Kind, Base: v.r.PostForm.Get("base")}
	base, _ := strconv.ParseInt(p.Base, 10, 64)
	e, err := d.Register.Save(v.r.Context(), v.person, was.ID, base, f)
	var stale *register.Stale
	if errors.As(err, &stale) {
		p.Base, p.Notice = strconv.FormatInt(stale.Theirs.Version, 10), v.T("register-stale")
		return v.knowing(w, http.StatusConflict, p, f, &stale.Theirs)
	}
	return v.keptKnown(w, p, f, &was, e, err)
}

// keptKnown leads to what was kept, or shows the form again with what is wrong.
func (v *visit) keptKnown(w http.ResponseWriter, p *knowing, f register.Facts, was *register.Entry, e register.Entry, err error) error {
	switch {
	case fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindConflict):
		p.add(v, err)
		status := http.StatusUnprocessableEntity
		if fault.Is(err, fault.KindConflict) {
			status = http.StatusConflict
		}
		return v.knowing(w, status, p, f, was)
	case err != nil:
		return err
	}
	return v.see(w, knownURL(e)+"?done=saved")
}

// add notes what is wrong, at the field that it concerns.
func (p *knowing) add(v *visit, err error) {
	field := fieldOf(err)
	switch {
	case strings.HasPrefix(field, "name."):
		field = "name_" + strings.TrimPrefix(field, "name.")
	case field == "name":
		field = "name_" + string(v.house.Languages[0])
	case field == "slug":
		field = "known_slug"
	case field == "role" || field == "since" || field == "aliases":
	default:
		field = "known_slug"
	}
	kind := field
	if strings.HasPrefix(field, "name_") {
		kind = "known_name"
	}
	if p.wrong == nil {
		p.wrong = map[string]string{}
	}
	p.wrong[field] = v.T("rule-" + kind)
	label := v.T("field-" + kind)
	p.Summary = append(p.Summary, wrong{field, label, p.wrong[field]})
}

// knowing shows the form; e is nil for a new entry.
func (v *visit) knowing(w http.ResponseWriter, status int, p *knowing, f register.Facts, e *register.Entry) error {
	p.Action, p.Back, p.New, p.Topic = kindURL(p.Kind), kindURL(p.Kind), e == nil, p.Kind == register.Topic
	p.Write = register.May(v.person) == nil
	title := v.T("register-new-" + string(p.Kind))
	if e != nil {
		title, p.Action = e.Name(v.edition()), knownURL(*e)
		if p.Base == "" {
			p.Base = strconv.FormatInt(e.Version, 10)
		}
		if err := v.around(p, *e); err != nil {
			return err
		}
	}
	p.frame = v.frame(title)
	p.style("register.css")
	p.style("quotations.css")
	if p.Write {
		p.types()
	}
	p.Public = f.Public
	p.boxes(v, f)
	p.rows(v, f)
	return v.show(w, status, "register_entry", p)
}

// around fills in what stands beside an entry.
func (v *visit) around(p *knowing, e register.Entry) error {
	book, err := v.desk.Register.Book(v.r.Context())
	if err != nil {
		return err
	}
	p.Removed = !e.Removed.IsZero()
	if into, ok := book.Get(e.Merged); e.Merged != "" && ok {
		a := v.acquaintance(into)
		p.Into, p.Write = &a, false
	}
	if e.Public && e.Stands() {
		folder := map[register.Kind]string{register.Person: "people", register.Place: "places", register.Topic: "topics"}[e.Kind]
		p.PublicURL = "/" + v.lang + "/" + folder + "/" + e.Slug
	}
	if p.Write && !p.Removed {
		for _, o := range book.List(e.Kind) {
			if o.ID != e.ID {
				p.Others = append(p.Others, option{string(o.ID), o.Name(v.edition()) + " — " + o.Slug, false})
			}
		}
		if e.Kind == register.Person {
			if p.Unlinked, err = v.mayBeTheirs(e); err != nil {
				return err
			}
		}
	}
	if e, ok := book.Get(e.ID); ok && p.Topic {
		if p.Stories, err = v.tied(e); err != nil {
			return err
		}
	}
	p.History, err = v.deeds(e, book)
	return err
}

func (v *visit) mayBeTheirs(e register.Entry) ([]utterance, error) {
	found, err := v.desk.unlinked(v, e)
	if err != nil {
		return nil, err
	}
	var all []utterance
	for _, q := range found[:min(len(found), 50)] {
		one, err := v.entry(q)
		if err != nil {
			return nil, err
		}
		one.URL, one.Day = storyURL(q.Story)+"#quotations", story.DateOf(q.Said).String()
		all = append(all, one)
	}
	return all, nil
}

func (d *Desk) mergeKnown(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	into := register.ID(v.r.PostForm.Get("into"))
	if into == "" {
		return fault.Invalid("into", "choose the entry that stays")
	}
	e, err := d.Register.Merge(v.r.Context(), v.person, v.knownID(), into)
	if err != nil {
		return err
	}
	return v.see(w, knownURL(e)+"?done=saved")
}

func (d *Desk) removeKnown(w http.ResponseWriter, v *visit) error {
	e, err := d.Register.Remove(v.r.Context(), v.person, v.knownID())
	if err != nil {
		return err
	}
	return v.see(w, kindURL(e.Kind)+"?done=removal")
}

func (d *Desk) returnKnown(w http.ResponseWriter, v *visit) error {
	e, err := d.Register.PutBack(v.r.Context(), v.person, v.knownID())
	if err != nil {
		return err
	}
	return v.see(w, knownURL(e)+"?done=saved")
}
