package agency

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/masthead"
)

// Founding is what an agency is founded with.
type Founding struct {
	Name      string
	Names     map[string]string // language → the name as it writes it
	Languages []string          // the first is the agency's own
	Sections  []string          // labels in the first language
	Plan      string            // name of the subscription; "" is none
	Notice    string            // in the first language; "" is the usual sentence
	Zone      string            // IANA name
	URL       string            // the public address; "" is unknown yet
}

// Found makes a new agency: the folder, its wireroom.toml, the database and
// the masthead. Conflict when there is one already.
func Found(ctx context.Context, c Config, f Founding) (masthead.Masthead, error) {
	m := f.masthead()
	return m, FoundAs(ctx, c, m)
}

// FoundAs is Found with a masthead that is written already.
func FoundAs(ctx context.Context, c Config, m masthead.Masthead) error {
	if err := m.Check(); err != nil {
		return err
	}
	a, err := assemble(ctx, c, Options{})
	if err != nil {
		return err
	}
	err = a.Masthead.Found(ctx, m)
	if err == nil {
		err = c.writeFile()
	}
	return errors.Join(err, a.Close())
}

// writeFile leaves a wireroom.toml in the folder, unless there is one. What a
// flag or the environment said is not lost with the terminal: the address of
// the database is kept, password and all, so only the owner may read the file.
func (c Config) writeFile() error {
	path := filepath.Join(c.Data, ConfigFile)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	kept := Defaults(c.Data)
	kept.DB = c.DB
	text := "# The configuration of this agency. Every key may stay as it is.\n\n" + kept.plain()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return fault.Internal("writing "+path, err)
	}
	return nil
}

func (f Founding) masthead() masthead.Masthead {
	m := masthead.Masthead{
		Name: strings.TrimSpace(f.Name), Names: map[masthead.Lang]string{}, ZoneName: f.Zone,
		PublicURL: strings.TrimSuffix(f.URL, "/"),
	}
	for _, l := range trimmed(f.Languages) {
		if lang := masthead.Lang(l); !m.Has(lang) {
			m.Languages = append(m.Languages, lang)
		}
	}
	for lang, name := range f.Names {
		m.Names[masthead.Lang(lang)] = name
	}
	if m.ZoneName == "" {
		m.ZoneName = "UTC"
	}
	m.Zone, _ = time.LoadLocation(m.ZoneName)
	for _, label := range trimmed(f.Sections) {
		m.Sections = append(m.Sections, newSection(label, m.Languages))
	}
	if plan := strings.TrimSpace(f.Plan); plan != "" && len(m.Languages) > 0 {
		m.Plans = []masthead.Plan{newPlan(plan, f.Notice, m.Languages)}
	}
	return m
}

// trimmed drops blanks around words and words that are nothing but blanks.
func trimmed(words []string) []string {
	var out []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// newSection knows how the other editions call a section of a usual name; of
// an unusual one they take the label until somebody writes theirs.
func newSection(label string, langs []masthead.Lang) masthead.Section {
	s := masthead.Section{ID: masthead.Slug(label), Labels: map[masthead.Lang]string{}}
	at := slices.IndexFunc(usualSections, func(words [3]string) bool {
		return slices.ContainsFunc(words[:], func(w string) bool { return strings.EqualFold(w, label) })
	})
	for i, lang := range langs {
		s.Labels[lang] = label
		if at >= 0 && i > 0 {
			s.Labels[lang] = usualSections[at][order(lang)]
		}
	}
	if at >= 0 {
		s.ID = masthead.Slug(usualSections[at][0])
	}
	return s
}

func newPlan(name, notice string, langs []masthead.Lang) masthead.Plan {
	p := masthead.Plan{
		ID:    masthead.Slug(strings.ReplaceAll(name, "+", " plus")),
		Names: map[masthead.Lang]string{}, Notices: map[masthead.Lang]string{},
	}
	for i, lang := range langs {
		p.Names[lang] = name
		p.Notices[lang] = usualNotice[order(lang)] + name
		if i == 0 && notice != "" {
			p.Notices[lang] = notice
		}
	}
	return p
}

// order is a language's place in the tables below; an unknown one, which the
// masthead refuses, stands with English.
func order(lang masthead.Lang) int {
	return max(slices.Index([]masthead.Lang{"en", "ru", "be"}, lang), 0)
}

var usualNotice = [3]string{
	"The material is available only to ",
	"Материал доступен только подписчикам ",
	"Матэрыял даступны толькі падпісчыкам ",
}

var usualSections = [][3]string{
	{"Politics", "Политика", "Палітыка"},
	{"Economy", "Экономика", "Эканоміка"},
	{"Security", "Безопасность", "Бяспека"},
	{"Society", "Общество", "Грамадства"},
	{"Culture", "Культура", "Культура"},
	{"Sport", "Спорт", "Спорт"},
	{"World", "В мире", "У свеце"},
	{"Business", "Бизнес", "Бізнес"},
	{"Finance", "Финансы", "Фінансы"},
	{"Science", "Наука", "Навука"},
	{"Technology", "Технологии", "Тэхналогіі"},
	{"Health", "Здоровье", "Здароўе"},
	{"Education", "Образование", "Адукацыя"},
	{"Environment", "Экология", "Экалогія"},
	{"Regions", "Регионы", "Рэгіёны"},
	{"Religion", "Религия", "Рэлігія"},
	{"History", "История", "Гісторыя"},
	{"Energy", "Энергетика", "Энергетыка"},
	{"Justice", "Правосудие", "Правасуддзе"},
	{"Human Rights", "Права человека", "Правы чалавека"},
	{"Foreign Policy", "Внешняя политика", "Знешняя палітыка"},
	{"Elections", "Выборы", "Выбары"},
	{"Media", "СМИ", "СМІ"},
	{"Opinion", "Мнение", "Меркаванне"},
	{"Analysis", "Анализ", "Аналіз"},
	{"Incidents", "Происшествия", "Здарэнні"},
	{"Weather", "Погода", "Надвор’е"},
}
