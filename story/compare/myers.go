package compare

// patience is how many edits are tried before a part is split where it went
// best: texts that have little in common need no shortest way from one to the
// other.
const patience = 256

// path finds a short way from a to b in the space of a line (E. W. Myers, An
// O(ND) difference algorithm and its variations, 1986).
type path[E comparable] struct {
	a, b        []E
	gone, added []bool // of a and of b
	fore, back  []int  // how far each diagonal is reached from either end
}

// apart tells which elements of a are not in b, and of b not in a, when what
// both have keeps its order.
func apart[E comparable](a, b []E) (gone, added []bool) {
	p := &path[E]{a: a, b: b, gone: make([]bool, len(a)), added: make([]bool, len(b))}
	size := 2*min((len(a)+len(b)+1)/2, patience) + 3
	p.fore, p.back = make([]int, size), make([]int, size)
	p.walk(0, len(a), 0, len(b))
	return p.gone, p.added
}

// walk goes from a[from:to] to b[start:end].
func (p *path[E]) walk(from, to, start, end int) {
	for {
		for from < to && start < end && p.a[from] == p.b[start] {
			from, start = from+1, start+1
		}
		for from < to && start < end && p.a[to-1] == p.b[end-1] {
			to, end = to-1, end-1
		}
		if from == to || start == end {
			break
		}
		x, y := p.middle(from, to, start, end)
		p.walk(from, x, start, y)
		from, start = x, y
	}
	for i := from; i < to; i++ {
		p.gone[i] = true
	}
	for j := start; j < end; j++ {
		p.added[j] = true
	}
}

// middle is a point on the way, neither its beginning nor its end. Both parts
// differ in their first and last elements, so that the way has two edits at
// least.
func (p *path[E]) middle(from, to, start, end int) (x, y int) {
	n, m := to-from, end-start
	delta := n - m
	odd := delta%2 != 0
	at := func(k int) int { return k + len(p.fore)/2 }
	p.fore[at(1)], p.back[at(1)] = 0, 0
	for d := 0; ; d++ {
		best, bestX := -1, 0
		for k := -d; k <= d; k += 2 {
			x := reach(p.fore, at(k), k, d)
			y := x - k
			for x < n && y < m && p.a[from+x] == p.b[start+y] {
				x, y = x+1, y+1
			}
			p.fore[at(k)] = x
			if x <= n && y <= m && x+y > best {
				best, bestX = x+y, x
			}
			if r := delta - k; odd && r > -d && r < d && x+p.back[at(r)] >= n {
				return from + x, start + y
			}
		}
		for k := -d; k <= d; k += 2 {
			x := reach(p.back, at(k), k, d)
			y := x - k
			for x < n && y < m && p.a[to-1-x] == p.b[end-1-y] {
				x, y = x+1, y+1
			}
			p.back[at(k)] = x
			if r := delta - k; !odd && r >= -d && r <= d && x+p.fore[at(r)] >= n {
				return to - x, end - y
			}
		}
		if d == patience {
			return from + bestX, start + best - bestX
		}
	}
}

// reach is how far the diagonal k is reached with one more edit.
func reach(v []int, at, k, d int) int {
	if k == -d || k != d && v[at-1] < v[at+1] {
		return v[at+1]
	}
	return v[at-1] + 1
}
