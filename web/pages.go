package web

import (
	"html/template"
	"io/fs"
	"slices"
	"sync"
)

// Pages are a face's templates by name: "story" is pages/story.html. Each is read
// when it is first shown, for many are shown to few, and all together take more
// memory than the pages that readers ask for in a day.
type Pages struct {
	fsys   fs.FS
	shared []string

	mu   sync.Mutex
	read map[string]*template.Template
}

// NewPages gives the templates in the folder pages of fsys; shared are the files
// that every page is made with.
func NewPages(fsys fs.FS, shared ...string) *Pages {
	return &Pages{fsys: fsys, shared: shared, read: map[string]*template.Template{}}
}

// Named gives a page's template. It panics on a broken one and where there is
// none, which is a mistake in the program.
func (p *Pages) Named(name string) *template.Template {
	p.mu.Lock()
	defer p.mu.Unlock()
	page := p.read[name]
	if page == nil {
		page = template.Must(template.ParseFS(p.fsys, append(slices.Clone(p.shared), "pages/"+name+".html")...))
		p.read[name] = page
	}
	return page
}
