package tape_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"wireroom/ticker/tape"
)

// room is a tape that runs, with a listener for its lines.
type room struct {
	*testing.T
	tape *tape.Tape
	door net.Listener
}

var small = tape.Limits{Behind: 64 << 10, Slow: time.Hour, Beat: time.Hour, Keep: 8}

func open(t *testing.T, l tape.Limits) *room {
	t.Helper()
	r := &room{T: t, tape: tape.New(l, time.Now)}
	r.tape.TooSlow = tape.Encode(0, "end", []byte("slow"))
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		r.tape.Run(stop, func() []byte { return tape.Encode(0, "end", []byte("bye")) })
	}()
	t.Cleanup(func() { close(stop); <-done })
	var err error
	r.door, err = net.Listen("tcp", "127.0.0.1:0")
	r.ok(err)
	t.Cleanup(func() { _ = r.door.Close() })
	return r
}

func (r *room) ok(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// joins connects a line to the strip and gives the other end.
func (r *room) joins(s *tape.Strip, owner string, at int64) net.Conn {
	r.Helper()
	far, err := net.Dial("tcp", r.door.Addr().String())
	r.ok(err)
	r.Cleanup(func() { _ = far.Close() })
	near, err := r.door.Accept()
	r.ok(err)
	if !s.Join(tape.NewLine(near, owner, ""), at, s.Said()) {
		r.Fatalf("the strip does not remember %d", at)
	}
	return far
}

func event(number int64, of, text string) *tape.Event {
	return &tape.Event{Number: number, Of: of, Data: tape.Encode(number, "new", []byte(text))}
}

// reads gives the data of events until one is named end or n were read.
func (r *room) reads(c net.Conn, n int) []string {
	r.Helper()
	r.ok(c.SetReadDeadline(time.Now().Add(time.Minute)))
	var got []string
	name, id := "", ""
	for in := bufio.NewReader(c); len(got) < n; {
		line, err := in.ReadString('\n')
		if err != nil {
			return append(got, err.Error())
		}
		line = strings.TrimSpace(line)
		switch key, value, _ := strings.Cut(line, ": "); key {
		case "id":
			id = value
		case "event":
			name = value
		case "data":
			got = append(got, strings.TrimSpace(id+" "+fmt.Sprintf("%.20s", value)))
			id = ""
			if name == "end" {
				return got
			}
		}
	}
	return got
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the line reads %q, not %q", got, want)
	}
}

func TestEveryLineIsSentWhatFollowsItsPlace(t *testing.T) {
	r := open(t, small)
	s := r.tape.Strip(10)
	s.Publish(11, tape.Beat(11), []*tape.Event{event(11, "a", "one")}, nil)
	first, later := r.joins(s, "x", 10), r.joins(s, "y", 11)
	s.Publish(13, tape.Beat(13), []*tape.Event{event(12, "b", "two"), event(13, "c", "three")}, nil)
	same(t, r.reads(first, 3), "11 one", "12 two", "13 three")
	same(t, r.reads(later, 2), "12 two", "13 three")
}

func TestWhoIsTooFarBackMustCatchUpFirst(t *testing.T) {
	r := open(t, small)
	s := r.tape.Strip(0)
	for n := range int64(20) {
		s.Publish(n+1, tape.Beat(n+1), []*tape.Event{event(n+1, "", "x")}, nil)
	}
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	if s.Join(tape.NewLine(near, "", ""), 11, 0) {
		t.Error("it remembers more than it was told to")
	}
	if !s.Join(tape.NewLine(near, "", ""), 12, 0) {
		t.Error("it does not remember what it was told to")
	}
}

func TestNobodyJoinsPastAKillThatWasSaidWithoutItsNumber(t *testing.T) {
	r := open(t, small)
	s := r.tape.Strip(1)
	said := s.Said()
	s.Publish(1, tape.Beat(1), []*tape.Event{event(0, "a", "kill")}, nil)
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	if s.Join(tape.NewLine(near, "", ""), 1, said) {
		t.Error("it joins without having been told")
	}
	if !s.Join(tape.NewLine(near, "", ""), 1, s.Said()) {
		t.Error("having been told it may not join")
	}
}

func TestALineThatIsTooSlowIsToldSoAndHoldsUpNobody(t *testing.T) {
	limits := small
	limits.Behind = 8 << 20
	r := open(t, limits)
	s := r.tape.Strip(0)
	slow, quick := r.joins(s, "slow", 0), r.joins(s, "quick", 0)
	big, x := strings.Repeat("x", 1<<20), strings.Repeat("x", 20)
	const events = 40
	in := bufio.NewReader(quick)
	r.ok(quick.SetReadDeadline(time.Now().Add(time.Minute)))
	for n := range int64(events) {
		s.Publish(n+1, tape.Beat(n+1), []*tape.Event{event(n+1, "", big)}, nil)
		for line := ""; line != "data: "+big+"\n"; {
			var err error
			line, err = in.ReadString('\n')
			r.ok(err)
		}
	}
	got := r.reads(slow, events)
	last := len(got) - 1
	if got[last] != "slow" {
		t.Errorf("who does not read in time is told %q at last, after %d events", got[last], last)
	}
	for i, e := range got[:last] {
		if want := fmt.Sprintf("%d %s", i+1, x); e != want {
			t.Errorf("before that it is sent %q, not %q", e, want)
		}
	}
}

func TestAKillOvertakesWhatWaitsAndTakesItBack(t *testing.T) {
	limits := small
	limits.Behind = 1 << 30
	r := open(t, limits)
	s := r.tape.Strip(0)
	c := r.joins(s, "x", 0)
	big := strings.Repeat("x", 8<<20)
	var events []*tape.Event
	for n := range int64(4) {
		events = append(events, event(n+1, fmt.Sprint(n+1), big))
	}
	sent := make(chan struct{})
	s.Publish(4, tape.Beat(4), events, func() { close(sent) })
	<-sent
	kill := &tape.Event{Number: 5, Of: "4", Grave: true, Data: tape.Encode(5, "kill", []byte("gone"))}
	again := make(chan struct{})
	s.Publish(5, tape.Beat(5), []*tape.Event{kill}, func() { close(again) })
	<-again
	x := strings.Repeat("x", 20)
	same(t, r.reads(c, 5), "1 "+x, "gone", "2 "+x, "3 "+x, "5 gone")
}

func TestALineThatIsHungUpIsToldWhy(t *testing.T) {
	r := open(t, small)
	s := r.tape.Strip(0)
	a, b := r.joins(s, "a", 0), r.joins(s, "b", 0)
	r.tape.Hang(func(l *tape.Line) bool { return l.Owner == "a" }, tape.Encode(0, "end", []byte("over")))
	same(t, r.reads(a, 2), "over")
	s.Publish(1, tape.Beat(1), []*tape.Event{event(1, "", "one")}, nil)
	same(t, r.reads(b, 1), "1 one")
}

func TestASignOfLifeTellsHowFarTheTapeHasCome(t *testing.T) {
	limits := small
	limits.Beat = 10 * time.Millisecond
	r := open(t, limits)
	s := r.tape.Strip(0)
	c := r.joins(s, "a", 0)
	s.Publish(7, tape.Beat(7), nil, nil)
	in := bufio.NewReader(c)
	for {
		line, err := in.ReadString('\n')
		r.ok(err)
		if line == "id: 7\n" {
			return
		}
	}
}

func TestAnEventIsOneWhateverItsText(t *testing.T) {
	for _, text := range []string{"", "a", "a\nb", "a\r\nb\n", "\n\n", "id: 9\n\nevent: kill", "a\rb", "a\r\rid: 8"} {
		got := tape.Encode(3, "new", []byte(text))
		if bytes.Count(got, []byte("\n\n")) != 1 || !bytes.HasSuffix(got, []byte("\n\n")) || bytes.Contains(got, []byte("\r")) {
			t.Errorf("%q is sent as %q", text, got)
		}
	}
}

func FuzzEncode(f *testing.F) {
	f.Add([]byte("a\r\n\r\nid: 4"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := tape.Encode(3, "new", data)
		if bytes.Count(got, []byte("\n\n")) != 1 || bytes.Count(got, []byte("\nid:")) != 0 || bytes.ContainsRune(got, '\r') {
			t.Errorf("%q is sent as %q", data, got)
		}
	})
}
