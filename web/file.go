package web

import "net/http"

// File answers with a file of a person's own, which no cache may keep. A browser
// shows it if it can, and saves it under the name.
func File(w http.ResponseWriter, kind, name string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `inline; filename="`+name+`"`)
	h.Set("Cache-Control", "private, no-store")
	_, _ = w.Write(data) // the reader went away
}
