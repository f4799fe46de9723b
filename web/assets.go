package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"wireroom/fault"
)

// Assets are the files of a face under names that hold a hash of their bytes,
// so that a browser may keep them for ever.
type Assets struct {
	prefix string
	urls   map[string]string // file name → address
	files  map[string]asset  // hashed name → bytes
}

// asset is compressed when it is first asked for: the best compression takes
// longer than all the rest of a start.
type asset struct {
	packed func() Packed
	kind   string
}

// NewAssets takes every file at the top of fsys. Prefix is where they answer
// and ends in a slash: "/assets/site/".
func NewAssets(fsys fs.FS, prefix string) (*Assets, error) {
	a := &Assets{prefix: prefix, urls: map[string]string{}, files: map[string]asset{}}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("reading assets: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		body, err := fs.ReadFile(fsys, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("reading assets: %w", err)
		}
		a.add(entry.Name(), body)
	}
	return a, nil
}

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	kind := mime.TypeByExtension(ext)
	if kind == "" {
		kind = "application/octet-stream"
	}
	a.urls[name] = a.prefix + hashed
	a.files[hashed] = asset{sync.OnceValue(func() Packed { return Pack(body, true) }), kind}
}

// URL is the address of the file. It panics on a file that is not there, which
// is a mistake in the program.
func (a *Assets) URL(name string) string {
	url, ok := a.urls[name]
	if !ok {
		panic("web: no asset " + name)
	}
	return url
}

// Packed gives the bytes of the file, for tests that weigh pages.
func (a *Assets) Packed(name string) Packed {
	return a.files[strings.TrimPrefix(a.URL(name), a.prefix)].packed()
}

// Routes is the one line of the table that serves the files.
func (a *Assets) Routes() []Route {
	return []Route{{Method: "GET", Pattern: a.prefix + "{file}", Who: Anyone, Handler: a.serve}}
}

func (a *Assets) serve(w http.ResponseWriter, r *http.Request) error {
	file, ok := a.files[r.PathValue("file")]
	if !ok {
		return fault.NotFound("file")
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	packed := file.packed()
	body := packed.Plain
	switch encoding := packed.Encoding(r.Header.Get("Accept-Encoding")); encoding {
	case "br":
		h.Set("Content-Encoding", encoding)
		body = packed.Brotli
	case "gzip":
		h.Set("Content-Encoding", encoding)
		body = packed.Gzip
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
	return nil
}
