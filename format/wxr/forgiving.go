package wxr

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"io"
)

// forgiving mends what old exports have and XML forbids: control characters,
// which it leaves out, and an & that begins no entity, which it escapes. Within
// CDATA an & is text.
type forgiving struct {
	in    *bufio.Reader
	rest  []byte // of an & that was escaped
	cdata bool
	tail  int // how many ] came last
}

func newForgiving(in io.Reader) *forgiving {
	return &forgiving{in: bufio.NewReaderSize(in, 64<<10)}
}

func (f *forgiving) Read(into []byte) (n int, err error) {
	for n < len(into) {
		if len(f.rest) > 0 {
			k := copy(into[n:], f.rest)
			n, f.rest = n+k, f.rest[k:]
			continue
		}
		c, err := f.in.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			continue
		}
		into[n] = c
		n++
		f.see(c)
	}
	return n, nil
}

// see follows whether the text is CDATA.
func (f *forgiving) see(c byte) {
	switch {
	case f.cdata:
		if c == '>' && f.tail >= 2 {
			f.cdata = false
		}
		if c == ']' {
			f.tail++
		} else {
			f.tail = 0
		}
	case c == '<':
		next, _ := f.in.Peek(len(begin))
		f.cdata, f.tail = bytes.Equal(next, begin), 0
	case c == '&' && !f.entity():
		f.rest = escaped
	}
}

var (
	begin   = []byte("![CDATA[")
	escaped = []byte("amp;")
)

// longestEntity is that of HTML's names, with its ;.
const longestEntity = 12

// entity reports whether what follows an & makes it an entity.
func (f *forgiving) entity() bool {
	next, _ := f.in.Peek(longestEntity)
	end := bytes.IndexByte(next, ';')
	if end < 1 {
		return false
	}
	name := string(next[:end])
	if name[0] == '#' {
		return true
	}
	if _, ok := xml.HTMLEntity[name]; ok {
		return true
	}
	switch name {
	case "amp", "lt", "gt", "quot", "apos":
		return true
	}
	return false
}
