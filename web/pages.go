package web

import (
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Pages are a face's templates by name: "story" is pages/story.html.
type Pages map[string]*template.Template

// MustPages reads the folder pages of fsys; shared are the files that every
// page is made with. It panics on a broken template, which is a mistake in the
// program.
func MustPages(fsys fs.FS, shared ...string) Pages {
	names, err := fs.Glob(fsys, "pages/*.html")
	if err != nil {
		panic(err)
	}
	all := Pages{}
	for _, name := range names {
		if slices.Contains(shared, name) {
			continue
		}
		files := append(slices.Clone(shared), name)
		all[strings.TrimSuffix(path.Base(name), ".html")] = template.Must(template.ParseFS(fsys, files...))
	}
	return all
}
