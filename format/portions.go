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
	read   int64   // bytes so far
	limit  int64   // of read, until the next Grant
	breaks []int64 // places of the line ends from the last Line on
	line   int     // of the first of them
}

// NewPortions reads in.
func NewPortions(in io.Reader) *Portions {
	return &Portions{in: in, limit: MaxPortion, line: 1}
}

// Grant lets one more item come.
func (p *Portions) Grant() { p.limit = p.read + MaxPortion }

func (p *Portions) Read(into []byte) (int, error) {
	if p.read >= p.limit {
		return 0, ErrPortion
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
