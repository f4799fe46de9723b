package db

import (
	"strings"
	"sync"
	"sync/atomic"
)

// maxDialect bounds the memory of rewritten queries, should one be built anew
// for each call.
const maxDialect = 4096

var (
	dialects     sync.Map
	dialectCount atomic.Int64
)

// dialect is the query as the engine wants it.
func (e Engine) dialect(query string) string {
	if e == SQLite {
		return query
	}
	if q, ok := dialects.Load(query); ok {
		return q.(string)
	}
	q := dollars(query)
	if dialectCount.Add(1) <= maxDialect {
		dialects.Store(query, q)
	}
	return q
}

// dollars turns ?1 into $1 outside strings, quoted names and comments.
func dollars(query string) string {
	var b strings.Builder
	b.Grow(len(query))
	for i := 0; i < len(query); {
		if n := skipped(query[i:]); n > 0 {
			b.WriteString(query[i : i+n])
			i += n
			continue
		}
		if query[i] == '?' && i+1 < len(query) && digit(query[i+1]) {
			b.WriteByte('$')
		} else {
			b.WriteByte(query[i])
		}
		i++
	}
	return b.String()
}

// skipped is the length of the string, quoted name or comment that s begins
// with; 0 if it begins with none. One that is never closed runs to the end.
// A doubled quote within a string reads as two strings side by side, which
// comes to the same.
func skipped(s string) int {
	switch {
	case s[0] == '\'' || s[0] == '"':
		return upTo(s, 1, s[:1])
	case strings.HasPrefix(s, "--"):
		return upTo(s, 2, "\n")
	case strings.HasPrefix(s, "/*"):
		return upTo(s, 2, "*/")
	}
	return 0
}

func upTo(s string, from int, end string) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(s)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
