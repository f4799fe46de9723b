package clients

import (
	"slices"

	"wireroom/format/choice"
)

// Allows reports whether a contract gives a format.
func (c Client) Allows(name string) bool {
	return len(c.Formats) == 0 || slices.Contains(c.Formats, name)
}

// Offered are the formats of a contract, in the order of all; the first is for
// a client who does not choose, so there is always one.
func (c Client) Offered() []choice.Format {
	all := choice.Formats()
	some := slices.DeleteFunc(slices.Clone(all), func(f choice.Format) bool { return !c.Allows(f.Name) })
	if len(some) == 0 {
		return all[:1]
	}
	return some
}
