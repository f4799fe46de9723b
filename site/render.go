package site

import (
	"bytes"
	"context"
	"net/http"
	"net/url"

	"wireroom/fault"
	"wireroom/site/press"
	"wireroom/web"
)

// sheet is a page ready to be set: which template, and what to fill it with.
type sheet struct {
	name string
	data any
}

// maker fills a page for a visit. It must not depend on anything in the
// request but its path values, and the page number where it is paged.
type maker func(ctx context.Context, v *visit, r *http.Request) (sheet, error)

// set sets a page in type.
func (s *Site) set(p sheet) ([]byte, error) {
	var b bytes.Buffer
	if err := s.pages.Named(p.name).ExecuteTemplate(&b, "page", p.data); err != nil {
		return nil, fault.Internal("setting page "+p.name, err)
	}
	return plainPlus(b.Bytes()), nil
}

// plainPlus undoes an escape that html/template makes for browsers that would
// guess at UTF-7; these pages name their charset.
func plainPlus(body []byte) []byte { return bytes.ReplaceAll(body, []byte("&#43;"), []byte("+")) }

// page serves what fill makes, once for all viewers who get the same.
func (s *Site) page(fill maker) web.Handler { return s.serve(fill, keyOf, plainly) }

// paged is page for a list that goes on at ?page=.
func (s *Site) paged(fill maker) web.Handler { return s.serve(fill, pagedKey, plainly) }

// plainly is for pages that say no more to a reader than their plans tell.
func plainly(context.Context, *visit) error { return nil }

// serve asks ready what else belongs to the viewer's class before it looks for
// the page.
func (s *Site) serve(fill maker, key func(*http.Request) string, ready func(context.Context, *visit) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.visit(r)
		if err != nil {
			return err
		}
		if err := ready(r.Context(), v); err != nil {
			return err
		}
		render := func(ctx context.Context) (press.Page, error) {
			// The house and the end are asked for before any story: whatever
			// changes meanwhile drops the page or ends it.
			v := s.begin(s.Masthead(), v.lang, v.path, v.guest)
			if err := v.expire(ctx); err != nil {
				return press.Page{}, err
			}
			p, err := fill(ctx, v, r)
			if err != nil {
				return press.Page{}, err
			}
			body, err := s.set(p)
			return press.Page{Body: body, ContentType: htmlType, Until: v.until}, err
		}
		return s.Press.Serve(w, r, v.class(), key(r), render)
	}
}

// keyOf is the address under which a page is kept, in one spelling: what a
// request adds to it that the page does not heed makes no second copy.
func keyOf(r *http.Request) string { return (&url.URL{Path: r.URL.Path}).EscapedPath() }

func pagedKey(r *http.Request) string {
	key := keyOf(r)
	if page := r.URL.Query().Get("page"); page != "" {
		key += "?page=" + url.QueryEscape(page)
	}
	return key
}

const htmlType = "text/html; charset=utf-8"

// send writes a page that nobody keeps.
func (s *Site) send(w http.ResponseWriter, v *visit, status int, p sheet) error {
	body, err := s.set(p)
	if err == nil {
		write(w, v, status, body)
	}
	return err
}

func write(w http.ResponseWriter, v *visit, status int, body []byte) {
	h := w.Header()
	h.Set("Content-Type", htmlType)
	switch {
	case v.class() != "":
		h.Set("Cache-Control", "private, no-store")
	case h.Get("Cache-Control") == "":
		h.Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
