package register

import "time"

// Moment is a time as fine as it is known: 2020, 2020-03 or 2020-03-08; "" is
// not known.
type Moment string

var forms = map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}

func (m Moment) ok() bool {
	if m == "" {
		return true
	}
	_, err := time.Parse(forms[len(m)], string(m))
	return err == nil && forms[len(m)] != ""
}

// First is its first instant, in UTC; zero where it is not known.
func (m Moment) First() time.Time {
	t, _ := time.Parse(forms[len(m)], string(m))
	return t
}

// last is the first instant after it.
func (m Moment) last() time.Time {
	switch t := m.First(); len(m) {
	case 4:
		return t.AddDate(1, 0, 0)
	case 7:
		return t.AddDate(0, 1, 0)
	case 10:
		return t.AddDate(0, 0, 1)
	default:
		return t
	}
}

// After says whether it begins after an instant.
func (m Moment) After(t time.Time) bool { return m != "" && m.First().After(t) }
