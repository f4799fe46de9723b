package agency

import (
	"net"
	"sync"
)

// limited is a listener that has no more than so many connections open at
// once; more wait. Unlike the one in the libraries it hands out connections
// whose own system call can be reached, which the ticker needs.
type limited struct {
	net.Listener
	free chan struct{}
	shut chan struct{}
	once sync.Once
}

func limit(l net.Listener, most int) net.Listener {
	return &limited{Listener: l, free: make(chan struct{}, most), shut: make(chan struct{})}
}

// Accept waits until there is room, and then for somebody to come.
func (l *limited) Accept() (net.Conn, error) {
	select {
	case l.free <- struct{}{}:
	case <-l.shut:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.free
		return nil, err
	}
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return &guest{Conn: c, free: l.free}, nil
	}
	return &caller{TCPConn: tcp, free: l.free}, nil
}

// Close lets nobody in any more.
func (l *limited) Close() error {
	l.once.Do(func() { close(l.shut) })
	return l.Listener.Close()
}

// caller is a connection that counts while it is open.
type caller struct {
	*net.TCPConn
	once sync.Once
	free chan struct{}
}

// Close makes room for the next.
func (c *caller) Close() error {
	err := c.TCPConn.Close()
	c.once.Do(func() { <-c.free })
	return err
}

// guest is the same for what is no TCP.
type guest struct {
	net.Conn
	once sync.Once
	free chan struct{}
}

// Close makes room for the next.
func (g *guest) Close() error {
	err := g.Conn.Close()
	g.once.Do(func() { <-g.free })
	return err
}
