package desk

import (
	"bytes"
	"net/http"

	"wireroom/fault"
)

// show writes a page whole or not at all.
func (v *visit) show(w http.ResponseWriter, status int, name string, data any) error {
	var body bytes.Buffer
	if err := v.desk.pages.Named(name).ExecuteTemplate(&body, "page", data); err != nil {
		return fault.Internal("setting page "+name, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
	return nil
}
