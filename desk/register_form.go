package desk

import (
	"slices"
	"strings"

	"wireroom/archive/register"
)

// deeds is the history of an entry, each with what it changed.
func (v *visit) deeds(e register.Entry, book *register.Book) ([]deedOn, error) {
	versions, err := v.desk.Register.History(v.r.Context(), e.ID)
	if err != nil {
		return nil, err
	}
	var all []deedOn
	for i, one := range versions {
		d := deedOn{What: v.T("register-act-" + string(one.Act)), Age: v.age(one.At)}
		if d.By, err = v.name(one.By); err != nil {
			return nil, err
		}
		if one.By == "" {
			d.By = v.T("register-by-import")
		}
		if other, err := v.desk.Register.Get(v.r.Context(), one.Other); one.Other != "" && err == nil {
			d.Changes = other.Name(v.edition())
		} else if i+1 < len(versions) {
			d.Changes = v.changes(versions[i+1].Facts, one.Facts)
		}
		all = append(all, d)
	}
	return all, nil
}

// changes names what differs between two versions of an entry.
func (v *visit) changes(was, is register.Facts) string {
	var all []string
	for _, lang := range v.house.Languages {
		if was.Names[lang] != is.Names[lang] {
			all = append(all, was.Names[lang]+" → "+is.Names[lang])
		}
	}
	for _, a := range is.Aliases {
		if !slices.Contains(was.Aliases, a) {
			all = append(all, "+ "+a)
		}
	}
	for _, a := range was.Aliases {
		if !slices.Contains(is.Aliases, a) {
			all = append(all, "− "+a)
		}
	}
	for _, c := range []struct {
		differs bool
		field   string
	}{{was.Slug != is.Slug, "known_slug"}, {len(was.Roles) != len(is.Roles) || !slices.EqualFunc(was.Roles, is.Roles, register.Role.Same), "role"},
		{was.Since != is.Since || was.Until != is.Until, "since"}, {was.Public != is.Public, "public"}} {
		if c.differs {
			all = append(all, v.T("field-"+c.field))
		}
	}
	return strings.Join(all, "; ")
}

func (p *knowing) boxes(v *visit, f register.Facts) {
	for _, lang := range v.house.Languages {
		name := "name_" + string(lang)
		p.Spellings = append(p.Spellings, box{Name: name, Label: v.T("field-known_name") + ", " + v.T("lang-"+string(lang)), Value: f.Names[lang],
			Lang: string(lang), Wrong: p.wrong[name], Type: "text"})
	}
	p.Boxes = map[string]box{
		"aliases":    {Value: strings.Join(f.Aliases, "\n"), Rows: max(4, len(f.Aliases)+1), Help: v.T("help-aliases")},
		"known_slug": {Value: f.Slug, Help: v.T("help-known_slug")},
		"since":      {Value: string(f.Since), Help: v.T("help-since")},
		"until":      {Value: string(f.Until)},
	}
	for name, b := range p.Boxes {
		if p.Topic && name == "aliases" {
			b.Help = v.T("help-aliases-topic")
		}
		b.Name, b.Label, b.Wrong, b.Type = name, v.T("field-"+name), p.wrong[name], "text"
		if p.Kind == register.Place && (name == "since" || name == "until") {
			b.Label = v.T("field-" + name + "-place")
		}
		p.Boxes[name] = b
	}
}

func (p *knowing) rows(v *visit, f register.Facts) {
	roles := f.Roles
	if p.Write {
		roles = append(slices.Clone(roles), make([]register.Role, emptyRoles)...)
	}
	for _, r := range roles {
		row := roleRow{From: string(r.From), To: string(r.To)}
		for _, lang := range v.house.Languages {
			row.Texts = append(row.Texts, roleText{string(lang), v.T("lang-" + string(lang)), r.Texts[lang]})
		}
		p.Roles = append(p.Roles, row)
	}
}
