package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// heading is the page where a chief says what the agency is.
type heading struct {
	frame
	Base     string // what the form was made from
	Done     bool
	Notice   string
	Name     string
	TimeZone string
	URL      string
	Columns  []column
	Names    []worded
	Sections []entry
	Plans    []entry
}

// column is an edition that everything is written in.
type column struct{ Lang, Name string }

// worded is a text in one language, as a field of the form.
type worded struct{ Field, Label, Value string }

// entry is a section or a plan in the form; without an ID it is a new one.
type entry struct {
	ID      string
	Names   []worded
	Notices []worded
}

func (v *visit) chief() error {
	if !v.person.Role.KeepsHouse() {
		return fault.Forbidden("the masthead", "it is a chief's to change")
	}
	return nil
}

func (d *Desk) mastheadForm(w http.ResponseWriter, v *visit) error {
	if err := v.chief(); err != nil {
		return err
	}
	return v.masthead(w, http.StatusOK, &heading{Done: v.r.URL.Query().Get("done") != ""}, v.house)
}

// errStale says that another chief saved the masthead meanwhile.
var errStale = fault.Conflict("masthead", "somebody saved it since you opened it")

func (d *Desk) saveMasthead(w http.ResponseWriter, v *visit) error {
	if err := v.chief(); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	p := &heading{Base: v.r.PostForm.Get("base")}
	var next masthead.Masthead
	err := d.Masthead.Change(v.r.Context(), func(now masthead.Masthead) (masthead.Masthead, error) {
		next = retyped(now, v.r.PostForm)
		if p.Base != fingerprint(now) {
			v.house = now
			return next, errStale
		}
		return next, checkWords(next)
	}, v.noteMasthead)
	if errors.Is(err, errStale) {
		p.Notice, p.Base = v.T("masthead-stale"), ""
		return v.masthead(w, http.StatusConflict, p, next)
	}
	if fault.Is(err, fault.KindInvalid) {
		p.Notice = v.rule("masthead-"+fieldOf(err), err)
		return v.masthead(w, http.StatusUnprocessableEntity, p, next)
	}
	if err != nil {
		return err
	}
	return v.see(w, mastheadURL+"?done=yes")
}

// noteMasthead puts the change on the list of acts together with the change.
func (v *visit) noteMasthead(tx *db.Tx) error {
	return v.desk.Staff.Note(v.r.Context(), tx, v.person, staff.DidSaveMasthead)
}

func (v *visit) masthead(w http.ResponseWriter, status int, p *heading, m masthead.Masthead) error {
	p.frame = v.frame(v.T("masthead"))
	p.frame.types()
	if p.Base == "" {
		p.Base = fingerprint(v.house)
	}
	p.Name, p.TimeZone, p.URL = m.Name, m.ZoneName, m.PublicURL
	for _, l := range m.Languages {
		p.Columns = append(p.Columns, column{string(l), v.T("lang-" + string(l))})
	}
	words := func(prefix string, in map[masthead.Lang]string) []worded {
		var all []worded
		for _, c := range p.Columns {
			all = append(all, worded{prefix + "." + c.Lang, c.Name, in[masthead.Lang(c.Lang)]})
		}
		return all
	}
	p.Names = words("names", m.Names)
	// What was typed as new and is not saved yet is still the new one of the
	// form, whatever id it would get.
	sections, plans := slices.Clone(m.Sections), slices.Clone(m.Plans)
	if n := len(v.house.Sections); len(sections) > n {
		sections[n].ID = ""
	} else {
		sections = append(sections, masthead.Section{})
	}
	if n := len(v.house.Plans); len(plans) > n {
		plans[n].ID = ""
	} else {
		plans = append(plans, masthead.Plan{})
	}
	for _, s := range sections {
		fields := append(words("section."+s.ID, s.Labels), worded{topicField(s.ID), v.T("masthead-topic"), s.Topic})
		p.Sections = append(p.Sections, entry{ID: s.ID, Names: fields})
	}
	for _, s := range plans {
		p.Plans = append(p.Plans, entry{ID: s.ID, Names: words("plan."+s.ID, s.Names), Notices: words("notice."+s.ID, s.Notices)})
	}
	return v.show(w, status, "masthead", p)
}

// retyped puts what was typed over the masthead. A section and a plan keep
// their ids: addresses and stories hold on to them. A field that the form did
// not have, because another chief added it meanwhile, stays as it is.
func retyped(m masthead.Masthead, typed url.Values) masthead.Masthead {
	words := func(prefix string, was map[masthead.Lang]string) map[masthead.Lang]string {
		in := map[masthead.Lang]string{}
		for _, l := range m.Languages {
			field, s := prefix+"."+string(l), was[l]
			if typed.Has(field) {
				s = strings.TrimSpace(typed.Get(field))
			}
			if s != "" {
				in[l] = s
			}
		}
		return in
	}
	next := m
	next.Name, next.ZoneName = strings.TrimSpace(typed.Get("name")), strings.TrimSpace(typed.Get("zone"))
	next.PublicURL = strings.TrimSuffix(strings.TrimSpace(typed.Get("public_url")), "/")
	next.Names, next.Sections, next.Plans = words("names", m.Names), nil, nil
	for _, s := range m.Sections {
		s.Labels = words("section."+s.ID, s.Labels)
		if field := topicField(s.ID); typed.Has(field) {
			s.Topic = strings.TrimSpace(typed.Get(field))
		}
		next.Sections = append(next.Sections, s)
	}
	if labels := words("section.", nil); len(labels) > 0 {
		next.Sections = append(next.Sections, masthead.Section{ID: masthead.Slug(first(m, labels)), Labels: labels, Topic: strings.TrimSpace(typed.Get(topicField("")))})
	}
	for _, p := range m.Plans {
		p.Names, p.Notices = words("plan."+p.ID, p.Names), words("notice."+p.ID, p.Notices)
		next.Plans = append(next.Plans, p)
	}
	if names, notices := words("plan.", nil), words("notice.", nil); len(names)+len(notices) > 0 {
		next.Plans = append(next.Plans, masthead.Plan{ID: masthead.Slug(first(m, names)), Names: names, Notices: notices})
	}
	return next
}

// topicField is where a section's term of the Media Topics is typed.
func topicField(section string) string { return "topic." + section }

// first is the word in the first language that has one.
func first(m masthead.Masthead, in map[masthead.Lang]string) string {
	for _, l := range m.Languages {
		if in[l] != "" {
			return in[l]
		}
	}
	return ""
}

// fingerprint tells one masthead from another.
func fingerprint(m masthead.Masthead) string {
	data, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// maxWords is the longest name or notice, in characters.
const maxWords = 500

// checkWords looks at what the masthead itself takes on trust.
func checkWords(m masthead.Masthead) error {
	texts := []map[masthead.Lang]string{{"": m.Name}, m.Names}
	for _, s := range m.Sections {
		texts = append(texts, s.Labels)
	}
	seen := map[string]bool{"": true}
	for _, p := range m.Plans {
		if seen[p.ID] {
			return fault.Invalid("plans", "the plan %q stands there twice or has no letters", p.Name(m.Languages[0]))
		}
		seen[p.ID] = true
		texts = append(texts, p.Names, p.Notices)
	}
	for _, in := range texts {
		for _, s := range in {
			if err := checkWord(s); err != nil {
				return err
			}
		}
	}
	u, err := url.Parse(m.PublicURL)
	if err != nil || (m.PublicURL != "" && (u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"))) {
		return fault.Invalid("public_url", "the address begins with https:// or http:// and a host")
	}
	return nil
}

func checkWord(s string) error {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxWords {
		return fault.Invalid("words", "a name or a notice has at most %d characters of UTF-8", maxWords)
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return fault.Invalid("words", "a name or a notice has no line ends or control characters")
	}
	return nil
}
