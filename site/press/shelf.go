package press

// shelf is a bounded ring of pages. The page that gives way is one that nobody
// has asked for since the hand last passed it (the clock algorithm), so that a
// hit changes nothing but a flag of the page.
type shelf struct {
	max, size int64
	hand      *entry // the next to be looked at; the newest stands behind it
}

func (s *shelf) clear() { s.size, s.hand = 0, nil }

func (s *shelf) add(e *entry) {
	s.size += e.size
	if s.hand == nil {
		e.next, e.prev, s.hand = e, e, e
		return
	}
	e.next, e.prev = s.hand, s.hand.prev
	e.prev.next, e.next.prev = e, e
}

func (s *shelf) remove(e *entry) {
	s.size -= e.size
	if e.next == e {
		s.hand = nil
	} else {
		e.prev.next, e.next.prev = e.next, e.prev
		if s.hand == e {
			s.hand = e.next
		}
	}
	e.next, e.prev = nil, nil
}

// oldest finds the page that gives way. Each turn of the hand clears a flag,
// so it ends within two rounds.
func (s *shelf) oldest() *entry {
	for s.hand.used.Swap(false) {
		s.hand = s.hand.next
	}
	return s.hand
}
