package main

import (
	"bufio"
	"bytes"
	"net"
	"strings"
	"sync/atomic"
)

// sink is a carrier of mail that takes everything and keeps nothing.
type sink struct {
	addr   string
	listen net.Listener
	came   atomic.Int64
	size   atomic.Int64
}

func openSink() (*sink, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{addr: l.Addr().String(), listen: l}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.takes(c)
		}
	}()
	return s, nil
}

func (s *sink) close()       { _ = s.listen.Close() }
func (s *sink) reset()       { s.came.Store(0); s.size.Store(0) }
func (s *sink) count() int64 { return s.came.Load() }
func (s *sink) bytes() int64 { return s.size.Load() }

// takes speaks as much of SMTP as a sender needs.
func (s *sink) takes(c net.Conn) {
	defer c.Close()
	in := bufio.NewReaderSize(c, 64<<10)
	say := func(line string) bool {
		_, err := c.Write([]byte(line + "\r\n"))
		return err == nil
	}
	if !say("220 sink") {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		answer := "250 ok"
		switch verb {
		case "EHLO":
			answer = "250-sink\r\n250 8BITMIME"
		case "DATA":
			if !say("354 go on") || !s.data(in) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		}
		if !say(answer) {
			return
		}
	}
}

func (s *sink) data(in *bufio.Reader) bool {
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return false
		}
		if bytes.Equal(line, []byte(".\r\n")) {
			s.came.Add(1)
			return true
		}
		s.size.Add(int64(len(line)))
	}
}
