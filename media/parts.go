package media

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// part is a segment or chunk of a picture's file. rest is what follows it.
type part struct {
	name string // of a JPEG segment the marker's one byte, of others the four letters
	body []byte
	rest []byte
}

// parts takes a JPEG, PNG or WebP file apart, without trusting any length. It
// ends early where the file is broken. The entropy-coded data of a JPEG counts
// to the scan before it.
func parts(data []byte) iter.Seq[part] {
	switch {
	case codecs[0].magic(data):
		return jpegParts(data)
	case codecs[1].magic(data):
		return pngParts(data)
	case isWebP(data):
		return webpParts(data)
	}
	return func(func(part) bool) {}
}

// Markers of JPEG that stand alone, without a length.
const (
	markFill, markStart, markEnd, markScan = "\xff", "\xd8", "\xd9", "\xda"
)

func jpegParts(data []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		for p := data[min(2, len(data)):]; len(p) >= 2 && p[0] == 0xff; {
			marker := string(p[1:2])
			switch {
			case marker == markFill:
				p = p[1:]
				continue
			case marker == markEnd:
				yield(part{name: markEnd, rest: p[2:]})
				return
			case len(p) < 4:
				return
			}
			size := int(binary.BigEndian.Uint16(p[2:]))
			if size < 2 || size+2 > len(p) {
				return
			}
			body := p[4 : size+2]
			p = p[size+2:]
			if marker == markScan {
				p = p[scanned(p):]
			}
			if !yield(part{marker, body, p}) {
				return
			}
		}
	}
}

// scanned is the length of the coded data of a scan: up to the next marker
// that is no restart and no escaped 0xff.
func scanned(p []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(p[at:], 0xff)
		if i < 0 || at+i+1 >= len(p) {
			return len(p)
		}
		next := p[at+i+1]
		if next != 0 && (next < 0xd0 || next > 0xd7) {
			return at + i
		}
		at += i + 2
	}
}

func pngParts(data []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		for p := data[min(8, len(data)):]; len(p) >= 12; {
			size := int64(binary.BigEndian.Uint32(p))
			if size+12 > int64(len(p)) {
				return
			}
			name, body := string(p[4:8]), p[8:8+size]
			p = p[size+12:]
			if !yield(part{name, body, p}) || name == "IEND" {
				return
			}
		}
	}
}

// webpParts ends where the RIFF file says it ends.
func webpParts(data []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		end := min(int64(len(data)), 8+int64(binary.LittleEndian.Uint32(data[4:])))
		after := data[end:]
		for p := data[min(12, end):end]; len(p) >= 8; {
			size := int64(binary.LittleEndian.Uint32(p[4:]))
			if size+8 > int64(len(p)) {
				return
			}
			name, body := string(p[:4]), p[8:8+size]
			p = p[min(8+size+size&1, int64(len(p))):]
			rest := p
			if len(p) < 8 {
				rest = after
			}
			if !yield(part{name, body, rest}) {
				return
			}
		}
	}
}

// bare reports whether the file holds a picture and nothing beside it: no
// words, no camera's data, no colour profile, nothing after its end.
func bare(data []byte) bool {
	kept := keptParts(data)
	ended := false
	for p := range parts(data) {
		if !bytes.Contains(kept, []byte(p.name)) {
			return false
		}
		ended = len(p.rest) == 0
	}
	return ended
}

// keptParts are the names of the parts that our own encoders write.
func keptParts(data []byte) []byte {
	switch {
	case codecs[0].magic(data):
		return []byte("\xc0\xc4\xdb\xda\xd9") // frame, Huffman tables, quantization, scan, end
	case codecs[1].magic(data):
		return []byte("IHDR IDAT IEND PLTE tRNS")
	}
	return []byte("VP8  VP8L VP8X ALPH")
}
