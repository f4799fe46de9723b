package ninjs

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"

	"wireroom/format"
)

// MaxItem is how many bytes of JSON one item may take.
const MaxItem = 16 << 20

var errTooLong = errors.New("the item is longer than 16 MB")

// frame is the JSON of one value with the line on which it begins.
type frame struct {
	raw  []byte // valid until the next frame
	line int
}

// yieldFrame takes a frame, or what is wrong with the one on that line. It
// gives false when it wants no more.
type yieldFrame func(frame, error) bool

// frames cuts the input into values. Where each has a line of its own a broken
// one spoils no other; elsewhere nothing can be read after it.
func frames(r io.Reader, yield yieldFrame) {
	in, err := open(r)
	if err != nil {
		yield(frame{line: 1}, err)
		return
	}
	line, first := skipBlank(in)
	if first == '[' {
		newValues(in, line).array(yield)
		return
	}
	l := &lineReader{in: in, line: line - 1}
	head, err := l.next()
	switch {
	case errors.Is(err, io.EOF):
	case err != nil && !errors.Is(err, errTooLong):
		yield(frame{line: l.line}, err)
	case err != nil || json.Valid(head) || startsWithObject(in):
		l.each(head, err, yield)
	default:
		rest := io.MultiReader(bytes.NewReader(append(bytes.Clone(head), '\n')), in)
		v := newValues(rest, l.line)
		for v.one(yield) {
			continue
		}
	}
}

// skipBlank steps over blank lines to the first sign, and gives its line.
func skipBlank(in *bufio.Reader) (line int, sign byte) {
	for line = 1; ; {
		b, err := in.ReadByte()
		switch {
		case err != nil:
			return line, 0
		case b == '\n':
			line++
		case b != ' ' && b != '\t' && b != '\r':
			_ = in.UnreadByte()
			return line, b
		}
	}
}

// open looks through gzip and a byte order mark.
func open(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		in = bufio.NewReaderSize(z, 1<<16)
	}
	if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	return in, nil
}

// startsWithObject tells whether the next line is an item of its own, so that
// the one before is a line that broke.
func startsWithObject(in *bufio.Reader) bool {
	next, _ := in.Peek(1)
	return len(next) == 1 && next[0] == '{'
}

// lineReader gives one line at a time, whatever its length up to MaxItem.
type lineReader struct {
	in   *bufio.Reader
	line int
	buf  []byte
}

func (l *lineReader) next() ([]byte, error) {
	l.line++
	l.buf = l.buf[:0]
	long := false
	for {
		part, err := l.in.ReadSlice('\n')
		if long = long || len(l.buf)+len(part) > MaxItem; !long {
			l.buf = append(l.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errTooLong
		case err != nil && !(errors.Is(err, io.EOF) && len(l.buf) > 0):
			return nil, err
		}
		return bytes.TrimSpace(l.buf), nil
	}
}

func (l *lineReader) each(text []byte, err error, yield yieldFrame) {
	for ; !errors.Is(err, io.EOF); text, err = l.next() {
		if err == nil && len(text) == 0 {
			continue
		}
		if !yield(frame{text, l.line}, err) || err != nil && !errors.Is(err, errTooLong) {
			return
		}
	}
}

// values reads JSON values that are not one a line: an item over several
// lines, several of them, or an array.
type values struct {
	dec *json.Decoder
	in  *format.Portions
}

func newValues(r io.Reader, line int) *values {
	in := format.Within(r, MaxItem, errTooLong, line)
	return &values{dec: json.NewDecoder(in), in: in}
}

func (v *values) array(yield yieldFrame) {
	v.in.Grant()
	_, err := v.dec.Token()
	for err == nil && v.dec.More() {
		if !v.one(yield) {
			return
		}
	}
	if err == nil {
		_, err = v.dec.Token()
	}
	if err != nil {
		v.fail(err, yield)
	}
}

func (v *values) one(yield yieldFrame) bool {
	v.in.Grant()
	var raw json.RawMessage
	if err := v.dec.Decode(&raw); err != nil {
		if !errors.Is(err, io.EOF) {
			v.fail(err, yield)
		}
		return false
	}
	line := v.in.Line(v.dec.InputOffset() - int64(len(raw)))
	return yield(frame{raw, line}, nil)
}

// fail tells of an error in the line in which it shows.
func (v *values) fail(err error, yield yieldFrame) {
	at := v.dec.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = max(at, syntax.Offset)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		at = v.in.Place()
	}
	yield(frame{line: v.in.Line(at)}, err)
}
