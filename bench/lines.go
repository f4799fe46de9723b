package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// lines are open streams, and what is read of each message on them. Both
// servers' are read by few threads that wait for all of them at once: readers
// with a goroutine each would have most of the processor for themselves.
type lines struct {
	held  []*held
	ready atomic.Int64
	shown atomic.Int64  // how many messages came, on all lines
	whole chan struct{} // told when as many came as there are lines
	wrong chan error

	mu   sync.Mutex
	took []arrivedLine // since it was looked at
}

// held is one line, of which an unfinished text is kept.
type held struct {
	fd    int
	begun bool
	rest  []byte
}

type arrivedLine struct {
	took time.Duration
	size int
}

// openLines connects and waits until each line has been greeted.
func openLines(host, at, token string) (*lines, error) {
	l := &lines{whole: make(chan struct{}, 1), wrong: make(chan error, streamLines)}
	address, err := net.ResolveTCPAddr("tcp4", host)
	if err != nil {
		return nil, err
	}
	to := &syscall.SockaddrInet4{Port: address.Port, Addr: [4]byte(address.IP.To4())}
	request := fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\n\r\n", at, host, token)
	var polls []int
	all := map[int]map[int32]*held{}
	for range runtime.GOMAXPROCS(0) {
		poll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
		if err != nil {
			return nil, err
		}
		polls, all[poll] = append(polls, poll), map[int32]*held{}
	}
	for n := range streamLines {
		h := &held{}
		if h.fd, err = connected(to, request); err != nil {
			return nil, err
		}
		l.held = append(l.held, h)
		all[polls[n%len(polls)]][int32(h.fd)] = h
		// Lines come as they would, not all in one instant.
		if n%50 == 49 {
			time.Sleep(10 * time.Millisecond)
		}
	}
	for poll, some := range all {
		for fd := range some {
			if err := syscall.EpollCtl(poll, syscall.EPOLL_CTL_ADD, int(fd), &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: fd}); err != nil {
				return nil, err
			}
		}
		go l.read(poll, some)
	}
	for began := time.Now(); l.ready.Load() < streamLines; time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			return nil, fmt.Errorf("of %d lines %d are greeted", streamLines, l.ready.Load())
		}
	}
	return l, nil
}

func connected(to syscall.Sockaddr, request string) (fd int, err error) {
	fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err == nil {
		err = syscall.Connect(fd, to)
	}
	if err == nil {
		_, err = syscall.Write(fd, []byte(request))
	}
	return fd, err
}

// read tells of each message on some lines.
func (l *lines) read(poll int, some map[int32]*held) {
	ready := make([]syscall.EpollEvent, 256)
	room := make([]byte, 64<<10)
	for {
		n, err := syscall.EpollWait(poll, ready, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return
		}
		for _, e := range ready[:max(n, 0)] {
			h := some[e.Fd]
			got, err := syscall.Read(h.fd, room)
			now := time.Now()
			if err != nil || got == 0 {
				_ = syscall.EpollCtl(poll, syscall.EPOLL_CTL_DEL, h.fd, nil)
				l.wrong <- fmt.Errorf("a line has ended: %w", errors.Join(err, net.ErrClosed))
				continue
			}
			l.take(h, room[:got], now)
		}
	}
}

// take looks at what came on a line: both servers' messages have the instant of
// their sending in "at", and their data on one line.
func (l *lines) take(h *held, text []byte, now time.Time) {
	if len(h.rest) > 0 {
		text = append(h.rest, text...)
	}
	for {
		line, rest, whole := bytes.Cut(text, []byte("\n"))
		if !whole {
			break
		}
		text = rest
		if !h.begun && len(bytes.TrimSpace(line)) == 0 {
			h.begun = true
			l.ready.Add(1)
		}
		if _, rest, ok := bytes.Cut(line, []byte(`"at":"`)); ok && bytes.HasPrefix(line, []byte("data:")) {
			said, _, _ := bytes.Cut(rest, []byte(`"`))
			at, err := time.Parse(time.RFC3339Nano, string(said))
			if err != nil {
				l.wrong <- err
				return
			}
			l.note(arrivedLine{now.Sub(at), len(line) + 1})
		}
	}
	h.rest = bytes.Clone(text)
}

// note keeps an arrival. Nobody is woken before the last: that would take the
// processor from whoever is measured.
func (l *lines) note(a arrivedLine) {
	l.mu.Lock()
	l.took = append(l.took, a)
	l.mu.Unlock()
	if l.shown.Add(1)%streamLines == 0 {
		l.whole <- struct{}{}
	}
}

func (l *lines) close() {
	for _, h := range l.held {
		_ = syscall.Close(h.fd)
	}
}

// rests returns when the program has nothing to do: what it does by itself after
// its start, and gives back of what that took, is in no figure of what follows.
func (s *server) rests() error {
	const look, most = time.Second, 60
	before := time.Duration(-1)
	for quiet, n := 0, 0; quiet < 5; n++ {
		if n == most {
			return fmt.Errorf("the program finds no rest in %s", look*most)
		}
		used, err := s.processor()
		if err != nil {
			return err
		}
		if quiet++; before < 0 || used-before > look/10 {
			quiet = 0
		}
		before = used
		time.Sleep(look)
	}
	return nil
}
