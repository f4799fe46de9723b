package tape

import (
	"errors"
	"net"
	"slices"
	"syscall"
	"time"
)

// Line is one open connection. It has no goroutine of its own: it is written to
// by its part, as much as it takes at once.
type Line struct {
	Owner string // whose it is
	Token string // by which token it was let in

	conn  net.Conn
	fd    int // of the connection, which its part alone closes; -1 where the system's own writing is out of reach
	strip *Strip
	born  uint32 // which line of the tape it is
	has   int64  // number of the last event that it was given

	rest   []*Event // what waits, oldest first
	begun  int      // bytes of the first that are out
	size   int      // bytes that wait
	since  time.Time
	until  time.Time // an end that was told waits no longer than this; zero is no end
	listed bool
	gone   bool
}

// NewLine makes a line of a connection to which nobody else writes or reads.
func NewLine(c net.Conn, owner, token string) *Line {
	l := &Line{Owner: owner, Token: token, conn: c, fd: -1}
	s, ok := c.(syscall.Conn)
	if !ok {
		return l
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return l
	}
	if err := raw.Control(func(fd uintptr) { l.fd = int(fd) }); err != nil {
		l.fd = -1
	}
	return l
}

// Strip is what the line follows.
func (l *Line) Strip() *Strip { return l.strip }

// Since reports whether the line joined after the mark was read.
func (l *Line) Since(mark uint32) bool { return int32(l.born-mark) > 0 }

func (l *Line) waits() bool { return len(l.rest) > 0 }

func (l *Line) ends() bool { return !l.until.IsZero() }

// pass writes an event at once where nothing waits, and has what the connection
// does not take wait.
func (l *Line) pass(e *Event) {
	if l.waits() || l.gone || l.ends() {
		l.take(e)
		return
	}
	if e.void.Load() {
		return
	}
	n, err := l.write(e.Data)
	switch {
	case err != nil:
		l.gone = true
	case n < len(e.Data):
		l.rest, l.begun, l.size = []*Event{e}, n, len(e.Data)
	}
}

// take has an event wait for the line. A grave one that would have to wait is
// also sent before all others, without its number, so that a line which ends
// in between goes on from the right place.
func (l *Line) take(e *Event) {
	if l.gone || l.ends() {
		return
	}
	if e.Grave && l.waits() {
		first := 0
		if l.begun > 0 {
			first = 1
		}
		ahead := &Event{Of: e.Of, Data: unnumbered(e.Data)}
		l.rest = slices.Insert(l.rest, first, ahead)
		l.size += len(ahead.Data)
	}
	l.rest = append(l.rest, e)
	l.size += len(e.Data)
}

// finish drops what waits, but for the end of what is begun, and tells why.
func (l *Line) finish(last []byte, until time.Time) {
	if l.gone || l.ends() {
		return
	}
	keep := 0
	if l.begun > 0 {
		keep = 1
	}
	l.rest = append(l.rest[:keep:keep], &Event{Data: last})
	l.size, l.until = 0, until
}

// flush writes what the connection takes at once.
func (l *Line) flush() {
	for l.waits() && !l.gone {
		e := l.rest[0]
		if l.begun == 0 && e.void.Load() {
			l.drop(e)
			continue
		}
		n, err := l.write(e.Data[l.begun:])
		l.begun += n
		switch {
		case err != nil:
			l.gone = true
		case l.begun < len(e.Data):
			return
		default:
			l.drop(e)
		}
	}
}

func (l *Line) drop(e *Event) {
	l.rest[0] = nil
	l.rest, l.begun, l.size = l.rest[1:], 0, l.size-len(e.Data)
	if len(l.rest) == 0 {
		l.rest = nil
	}
}

// patience is for connections whose writing cannot be asked not to wait.
const patience = 50 * time.Millisecond

// write gives the connection what it takes without waiting; 0 is nothing now.
func (l *Line) write(data []byte) (int, error) {
	if l.fd < 0 {
		return l.writeSoon(data)
	}
	for {
		n, err := write(l.fd, data)
		switch {
		case err == nil:
			return n, nil
		case errors.Is(err, syscall.EAGAIN):
			return 0, nil
		case !errors.Is(err, syscall.EINTR):
			return 0, err
		}
	}
}

func (l *Line) writeSoon(data []byte) (int, error) {
	if err := l.conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	n, err := l.conn.Write(data)
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return n, nil
	}
	return n, err
}

// close has nobody to tell that it failed.
func (l *Line) close() { _ = l.conn.Close() }
