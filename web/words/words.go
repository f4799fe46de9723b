package words

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Langs are the languages that the screens speak. The first is spoken where
// an edition's own language is none of them.
var Langs = []string{"en", "ru", "be"}

//go:embed common
var common embed.FS

// Words are the sentences of one face together with the common ones.
type Words struct {
	speakers map[string]*i18n.Localizer
	plain    sync.Map // of sentences that nothing is put into, by sentence
}

// Load reads dir/en.toml, dir/ru.toml and dir/be.toml of fsys, and those in the
// folders of dir, each of which is about one thing: dir/board/en.toml. It is an
// error when a language lacks a sentence that another has, or has one twice, or
// lacks a form of one that counts.
func Load(fsys fs.FS, dir string) (*Words, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	known := map[string][]string{}
	w := &Words{speakers: map[string]*i18n.Localizer{}}
	for _, lang := range Langs {
		ids, err := read(bundle, common, path.Join("common", lang+".toml"))
		if err != nil {
			return nil, err
		}
		known[lang] = ids
		files, err := fs.Glob(fsys, path.Join(dir, "*", lang+".toml"))
		if err != nil {
			return nil, fmt.Errorf("reading words: %w", err)
		}
		for _, file := range append(files, path.Join(dir, lang+".toml")) {
			ids, err := read(bundle, fsys, file)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				if slices.Contains(known[lang], id) {
					return nil, fmt.Errorf("reading words %s: %s stands there twice", file, id)
				}
			}
			known[lang] = append(known[lang], ids...)
		}
		w.speakers[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return w, complete(known)
}

// Must is Load for words embedded in the program, where an error is a mistake
// in the program.
func Must(fsys fs.FS, dir string) *Words {
	w, err := Load(fsys, dir)
	if err != nil {
		panic(err)
	}
	return w
}

func read(bundle *i18n.Bundle, fsys fs.FS, name string) ([]string, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading words: %w", err)
	}
	file, err := bundle.ParseMessageFileBytes(data, path.Base(name))
	if err != nil {
		return nil, fmt.Errorf("reading words %s: %w", name, err)
	}
	var ids []string
	for _, m := range file.Messages {
		if counts(m) && !inflected(m, strings.TrimSuffix(path.Base(name), ".toml")) {
			return nil, fmt.Errorf("reading words %s: %s counts by {{.n}} but lacks a form of the plural", name, m.ID)
		}
		ids = append(ids, m.ID)
	}
	return ids, nil
}

// counts reports whether a sentence chooses its form by a number.
func counts(m *i18n.Message) bool { return strings.Contains(m.Other, ".n}}") }

// inflected reports whether a sentence has each form that a whole number can
// ask for in lang.
func inflected(m *i18n.Message, lang string) bool {
	return m.One != "" && (lang == "en" || m.Few != "" && m.Many != "")
}

func complete(known map[string][]string) error {
	var missing []string
	for _, have := range Langs {
		for _, id := range known[have] {
			for _, lang := range Langs {
				if !slices.Contains(known[lang], id) {
					missing = append(missing, lang+":"+id)
				}
			}
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		return fmt.Errorf("words missing: %s", strings.Join(slices.Compact(missing), ", "))
	}
	return nil
}

// sentence is one in one language.
type sentence struct{ lang, id string }

// Spoken is lang if the screens speak it, else the first of Langs.
func Spoken(lang string) string {
	if slices.Contains(Langs, lang) {
		return lang
	}
	return Langs[0]
}

// T says the sentence id in lang. Args are names and values in turn for the
// sentence's {{.name}}; an int named "n" also chooses the plural form. A
// sentence that does not exist is shown as its id.
func (w *Words) T(lang, id string, args ...any) string {
	lang = Spoken(lang)
	if len(args) > 0 {
		said, _ := w.say(lang, id, args)
		return said
	}
	if said, ok := w.plain.Load(sentence{lang, id}); ok {
		return said.(string)
	}
	said, ok := w.say(lang, id, nil)
	if ok {
		w.plain.Store(sentence{lang, id}, said)
	}
	return said
}

// say makes a sentence; it is the id itself, and false, where there is none.
func (w *Words) say(lang, id string, args []any) (string, bool) {
	config := &i18n.LocalizeConfig{MessageID: id}
	if len(args) > 0 {
		data := make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			name := fmt.Sprint(args[i])
			data[name] = args[i+1]
			if name == "n" {
				config.PluralCount = args[i+1]
			}
		}
		config.TemplateData = data
	}
	s, err := w.speakers[lang].Localize(config)
	if err != nil {
		return id, false
	}
	return s, true
}
