package desk

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"wireroom/fault"
)

// pages are the templates, one for each file of the folder of that name.
type pages map[string]*template.Template

// shared are the files that every page is made with.
var shared = []string{"pages/layout.html", "pages/parts.html"}

func mustParse(fsys fs.FS) pages {
	all := pages{}
	names, err := fs.Glob(fsys, "pages/*.html")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		if name == shared[0] || name == shared[1] {
			continue
		}
		t := template.Must(template.ParseFS(fsys, append(shared[:2:2], name)...))
		all[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return all
}

// show writes a page whole or not at all.
func (v *visit) show(w http.ResponseWriter, status int, name string, data any) error {
	var body bytes.Buffer
	if err := v.desk.pages[name].ExecuteTemplate(&body, "page", data); err != nil {
		return fault.Internal("setting page "+name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
	return nil
}
