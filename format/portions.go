package format

import (
	"bytes"
	"errors"
	"io"
)

// MaxPortion is how many bytes of a file one item may take.
const MaxPortion = 32 << 20

// ErrPortion is an item that takes more than MaxPortion.
var ErrPortion = errors.New("one item takes more than 32 MiB")

// Portions reads a file item by item: it stops at one that takes too much, and
// knows the line of each place.
type Portions struct {
	in     io.Reader
	most   int64   // bytes that one item may take
	over   error   // of one that takes more
	read   int64   // bytes so far
	limit  int64   // of read, until the next Grant
	breaks []int64 // places of the line ends from the last Line on
	line   int     // of the first of them
}

// NewPortions reads in.
func NewPortions(in io.Reader) *Portions {
	return Within(in, MaxPortion, ErrPortion, 1)
}

// Within reads in, which begins at line, by items of most bytes each; of more,
// Read gives over.
func Within(in io.Reader, most int64, over error, line int) *Portions {
	return &Portions{in: in, most: most, over: over, limit: most, line: line}
}

// Grant lets one more item come.
func (p *Portions) Grant() { p.limit = p.read + p.most }

func (p *Portions) Read(into []byte) (int, error) {
	if p.read >= p.limit {
		return 0, p.over
	}
	n, err := p.in.Read(into)
	for i := 0; i < n; i++ {
		next := bytes.IndexByte(into[i:n], '\n')
		if next < 0 {
			break
		}
		i += next
		p.breaks = append(p.breaks, p.read+int64(i))
	}
	p.read += int64(n)
	return n, err
}

// Place is how many bytes were read.
func (p *Portions) Place() int64 { return p.read }

// Line gives the line of a place, counted from 1; places must not go back.
func (p *Portions) Line(place int64) int {
	i := 0
	for i < len(p.breaks) && p.breaks[i] < place {
		i++
	}
	p.line += i
	p.breaks = append(p.breaks[:0], p.breaks[i:]...)
	return p.line
}
