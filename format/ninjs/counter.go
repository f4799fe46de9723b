package ninjs

import (
	"bytes"
	"io"
)

// counter knows the line of each place in what was read, and stops a value
// that does not end within MaxItem bytes.
type counter struct {
	in     io.Reader
	read   int64   // bytes so far
	limit  int64   // of read, until the next grant
	breaks []int64 // places of the line ends from the last lineAt on
	line   int     // of the first of them
}

// grant lets one more value come.
func (c *counter) grant() { c.limit = c.read + MaxItem }

func (c *counter) Read(p []byte) (int, error) {
	if c.read >= c.limit {
		return 0, errTooLong
	}
	n, err := c.in.Read(p)
	for i := 0; i < n; i++ {
		next := bytes.IndexByte(p[i:n], '\n')
		if next < 0 {
			break
		}
		i += next
		c.breaks = append(c.breaks, c.read+int64(i))
	}
	c.read += int64(n)
	return n, err
}

// lineAt gives the line of a place; places must not go back.
func (c *counter) lineAt(place int64) int {
	i := 0
	for i < len(c.breaks) && c.breaks[i] < place {
		i++
	}
	c.line += i
	c.breaks = append(c.breaks[:0], c.breaks[i:]...)
	return c.line
}
