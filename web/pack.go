package web

import (
	"bytes"
	"compress/gzip"
	"strings"

	"github.com/andybalholm/brotli"
)

// Packed is a body with its compressed forms, made once and served often.
// Gzip or Brotli is nil where compression gains nothing.
type Packed struct {
	Plain, Gzip, Brotli []byte
}

// Pack compresses body. best takes its time, for assets built once; otherwise
// the levels suit a page that is rendered when a story is sent.
func Pack(body []byte, best bool) Packed {
	zip, quality := gzip.DefaultCompression, 5
	if best {
		zip, quality = gzip.BestCompression, brotli.BestCompression
	}
	var z, b bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&z, zip)
	_, _ = zw.Write(body)
	_ = zw.Close()
	bw := brotli.NewWriterLevel(&b, quality)
	_, _ = bw.Write(body)
	_ = bw.Close()
	p := Packed{Plain: body}
	if z.Len() < len(body) {
		p.Gzip = bytes.Clone(z.Bytes())
	}
	if b.Len() < len(body) {
		p.Brotli = bytes.Clone(b.Bytes())
	}
	return p
}

// Size is the number of bytes that the forms hold together.
func (p Packed) Size() int { return len(p.Plain) + len(p.Gzip) + len(p.Brotli) }

// Encoding chooses by the request's Accept-Encoding: "br", "gzip" or "".
func (p Packed) Encoding(accept string) string {
	if p.Brotli != nil && accepts(accept, "br") {
		return "br"
	}
	if p.Gzip != nil && accepts(accept, "gzip") {
		return "gzip"
	}
	return ""
}

// accepts reads the header without allocating; "q=0" is a refusal.
func accepts(header, coding string) bool {
	for header != "" {
		var part string
		part, header, _ = strings.Cut(header, ",")
		name, param, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(param), "q=")
		return !found || strings.Trim(q, "0.") != ""
	}
	return false
}
