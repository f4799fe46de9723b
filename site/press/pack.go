package press

import (
	"bytes"
	"github.com/klauspost/compress/gzip"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
)

// brotliLevel packs a page in about the time that its render takes; the levels
// above gain a few hundred bytes for many times that.
const brotliLevel = 5

// The writers hold more memory than the pages that they pack, so they are used
// again.
var packers = [codings]sync.Pool{
	gzipped:  {New: func() any { return gzip.NewWriter(nil) }},
	brotlied: {New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }},
}

type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// pack compresses the body. Writing to memory does not fail.
func pack(body []byte, c coding) []byte {
	w := packers[c].Get().(packer)
	defer packers[c].Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}

// unpack reads what pack wrote. Reading that from memory does not fail.
func unpack(packed []byte, c coding) []byte {
	var r io.Reader = brotli.NewReader(bytes.NewReader(packed))
	if c == gzipped {
		if z, err := gzip.NewReader(bytes.NewReader(packed)); err == nil {
			r = z
		}
	}
	body, _ := io.ReadAll(r)
	return bytes.Clone(body)
}
