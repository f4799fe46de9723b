package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"wireroom/fault"
)

// Options say how the mux reports: to the log and to the person.
type Options struct {
	Log   *slog.Logger                                    // nil is slog.Default
	Sorry func(http.ResponseWriter, *http.Request, error) // speaks to the person; nil is a plain line

	Proxies Proxies // nil is OwnMachine
}

const defaultBody = 1 << 20

type desk struct {
	mux     *http.ServeMux
	methods []string
	opt     Options
}

// Mux serves the table. It panics on a route that is not well formed, which is
// a mistake in the program. Answers to unknown addresses, wrong methods,
// errors and panics all pass through Options.Sorry.
func Mux(routes []Route, opt Options) http.Handler {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	if opt.Sorry == nil {
		opt.Sorry = plainSorry
	}
	d := &desk{mux: http.NewServeMux(), opt: opt}
	for _, route := range routes {
		if !slices.Contains([]Who{Anyone, Reader, Staff, Client, Seat}, route.Who) {
			panic(fmt.Sprintf("web: route %s %s is for nobody known: %q", route.Method, route.Pattern, route.Who))
		}
		if !slices.Contains(d.methods, route.Method) {
			d.methods = append(d.methods, route.Method)
		}
		d.mux.Handle(route.Method+" "+route.Pattern, d.serve(route))
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.sorry(w, r, "cross-origin", fault.Forbidden("form", "was sent from another site"))
	}))
	return cross.Handler(d)
}

// ServeHTTP finds the route first, so that an unknown address and a wrong
// method get the face's own page.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	Guard(w.Header(), Anyone)
	if d.opt.Proxies != nil {
		r = d.opt.Proxies.believing(r)
	}
	if _, pattern := d.mux.Handler(r); pattern != "" {
		d.mux.ServeHTTP(w, r)
		return
	}
	if allow := d.allowed(r); len(allow) > 0 {
		w.Header().Set("Allow", strings.Join(allow, ", "))
		d.sorry(w, r, "method", &Refusal{Status: http.StatusMethodNotAllowed, Allow: strings.Join(allow, ", ")})
		return
	}
	d.sorry(w, r, "unknown", fault.NotFound("page"))
}

func (d *desk) allowed(r *http.Request) []string {
	var allow []string
	for _, method := range d.methods {
		probe := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := d.mux.Handler(probe); pattern != "" && method != r.Method {
			allow = append(allow, method)
		}
	}
	return allow
}

func (d *desk) serve(route Route) http.Handler {
	limit := route.MaxBody
	if limit == 0 {
		limit = defaultBody
	}
	name := route.Method + " " + route.Pattern
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Guard(w.Header(), route.Who)
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, limit)
		}
		seen := &watcher{ResponseWriter: w}
		err := d.try(name, route.Handler, seen, r)
		switch {
		case err == nil:
		case seen.wrote:
			d.report(r.Context(), name, err)
		default:
			d.sorry(w, r, name, err)
		}
	})
}

func (d *desk) try(name string, h Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if p == http.ErrAbortHandler {
			panic(p)
		}
		d.opt.Log.Error("panic", "route", name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		err = fault.Internal("answering", fmt.Errorf("panic: %v", p))
	}()
	return h(w, r)
}

func (d *desk) sorry(w http.ResponseWriter, r *http.Request, name string, err error) {
	d.report(r.Context(), name, err)
	d.opt.Sorry(w, r, err)
}

// report logs what is our failure; a reader's wrong address is no news, and a
// reader who went away is none either.
func (d *desk) report(ctx context.Context, name string, err error) {
	if Status(err) < 500 || (errors.Is(err, context.Canceled) && ctx.Err() != nil) {
		return
	}
	d.opt.Log.Error("request failed", "route", name, "error", err)
}

func plainSorry(w http.ResponseWriter, _ *http.Request, err error) {
	status := Status(err)
	http.Error(w, http.StatusText(status), status)
}

// watcher remembers whether anything was written, so that an error after the
// first byte does not append a second page to half of the first.
type watcher struct {
	http.ResponseWriter
	wrote bool
}

func (w *watcher) WriteHeader(code int) {
	w.wrote = true
	w.ResponseWriter.WriteHeader(code)
}

func (w *watcher) Write(b []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watcher) Unwrap() http.ResponseWriter { return w.ResponseWriter }
