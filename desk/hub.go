package desk

import (
	"context"
	"slices"
	"sync"
	"time"

	"wireroom/fault"
	"wireroom/story"
)

const (
	heartbeat   = 10 * time.Second // of streams, and of the locks held in them
	mostStreams = 16               // of one person
	mostWaiting = 256              // events for a stream that reads slowly
)

// hub tells the open pages of this process what happens at the desk. It works
// only while somebody listens: one goroutine reads what has changed once, for
// all.
type hub struct {
	desk *Desk

	mu      sync.Mutex
	streams map[*stream]bool
	stop    context.CancelFunc // nil while nobody listens
	closed  bool
	live    story.Live
	names   map[string]string
	signed  chan struct{} // somebody may have signed out
}

// stream is one open page.
type stream struct {
	person, session string
	seat            story.Seat // whose story is "" where no story is open
	queue           chan news
	done            chan struct{} // closed when the stream is to end
}

// news is one thing that happened; one of its parts is set.
type news struct {
	touch *story.Touch
	lock  *story.Lock
	seats *story.ID
	names []string // of seats
	who   []string // their ids
	name  string   // of the lock's holder
}

// join adds a stream, unless the desk closes or the person has too many.
func (h *hub) join(s *stream) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := 0
	for other := range h.streams {
		if other.person == s.person {
			own++
		}
	}
	if h.closed || own >= mostStreams {
		return false
	}
	if h.streams == nil {
		h.streams, h.signed = map[*stream]bool{}, make(chan struct{}, 1)
	}
	h.streams[s] = true
	if h.stop == nil {
		ctx, cancel := context.WithCancel(context.Background())
		h.stop, h.live = cancel, story.Live{Last: -1}
		go h.run(ctx)
		return true
	}
	for _, n := range h.changes(story.Live{}, h.live) {
		s.tell(n)
	}
	return true
}

// leave ends a stream; the last one lets the hub rest.
func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.end(s)
	if len(h.streams) == 0 && h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

func (h *hub) end(s *stream) {
	if h.streams[s] {
		delete(h.streams, s)
		close(s.done)
	}
}

// hangUp ends all streams for good.
func (h *hub) hangUp() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for s := range h.streams {
		h.end(s)
	}
	if h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// signOut has the sessions of the streams looked at now.
func (h *hub) signOut() {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case h.signed <- struct{}{}:
	default:
	}
}

// tell hands news to a stream; one that has too many waiting is false.
func (s *stream) tell(n news) bool {
	select {
	case s.queue <- n:
		return true
	default:
		return false
	}
}

func (h *hub) run(ctx context.Context) {
	bell, stop := h.desk.Stories.Listen()
	defer stop()
	ended, deaf := h.desk.Staff.Bell()
	defer deaf()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for ctx.Err() == nil {
		if err := h.look(ctx); err != nil && ctx.Err() == nil {
			h.desk.Log.Error("the desk's pages cannot be told", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-bell:
		case <-h.signed:
			h.sessions(ctx)
		case <-ended:
			h.sessions(ctx)
		case <-beat.C:
			h.sessions(ctx)
			if err := h.desk.Stories.Stay(ctx, h.seats()); err != nil && ctx.Err() == nil {
				h.desk.Log.Error("the desk's pages cannot be kept", "error", err)
			}
		}
	}
}

// look reads what has changed and tells it to all.
func (h *hub) look(ctx context.Context) error {
	h.mu.Lock()
	last := h.live.Last
	h.mu.Unlock()
	if last < 0 {
		var err error
		if last, err = h.desk.Stories.Last(ctx); err != nil {
			return err
		}
	}
	now, err := h.desk.Stories.Live(ctx, last)
	if err != nil {
		return err
	}
	if err := h.learn(ctx, now); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if ctx.Err() != nil {
		return nil // another run may have begun
	}
	for _, n := range h.changes(h.live, now) {
		for s := range h.streams {
			if !s.tell(n) {
				h.end(s)
			}
		}
	}
	now.Touched = nil
	h.live = now
	return nil
}

// learn finds the names of those who are not known yet.
func (h *hub) learn(ctx context.Context, now story.Live) error {
	h.mu.Lock()
	known := true
	for _, l := range now.Locks {
		known = known && h.names[l.Person] != ""
	}
	for _, s := range now.Seats {
		known = known && h.names[s.Person] != ""
	}
	h.mu.Unlock()
	if known {
		return nil
	}
	all, err := h.desk.Staff.List(ctx)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, p := range all {
		names[p.ID] = p.Name
	}
	h.mu.Lock()
	h.names = names
	h.mu.Unlock()
	return nil
}

// changes are the news between two looks.
func (h *hub) changes(before, now story.Live) (all []news) {
	for i := range now.Touched {
		all = append(all, news{touch: &now.Touched[i]})
	}
	held := map[story.ID]story.Lock{}
	for _, l := range before.Locks {
		held[l.Story] = l
	}
	for _, l := range now.Locks {
		if was := held[l.Story]; !was.HeldBy(l.Person, l.Tab) || !was.Since.Equal(l.Since) {
			all = append(all, news{lock: &l, name: h.names[l.Person]})
		}
		delete(held, l.Story)
	}
	for id := range held {
		all = append(all, news{lock: &story.Lock{Story: id}})
	}
	for _, id := range stories(before.Seats, now.Seats) {
		who := now.Readers(id)
		if slices.Equal(who, before.Readers(id)) {
			continue
		}
		n := news{seats: &id, who: who}
		for _, person := range who {
			n.names = append(n.names, h.names[person])
		}
		all = append(all, n)
	}
	return all
}

// stories are those of the seats, each once.
func stories(seats ...[]story.Seat) (ids []story.ID) {
	for _, seat := range slices.Concat(seats...) {
		if !slices.Contains(ids, seat.Story) {
			ids = append(ids, seat.Story)
		}
	}
	return ids
}

// seats are those of this process's streams.
func (h *hub) seats() (all []story.Seat) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.streams {
		if s.seat.Story != "" {
			all = append(all, s.seat)
		}
	}
	return all
}

// sessions ends the streams of those who are no longer signed in.
func (h *hub) sessions(ctx context.Context) {
	h.mu.Lock()
	by := map[string][]*stream{}
	for s := range h.streams {
		by[s.session] = append(by[s.session], s)
	}
	h.mu.Unlock()
	for session, streams := range by {
		person, err := h.desk.Staff.BySession(ctx, session)
		if fault.Is(err, fault.KindNotFound) || err == nil && !person.Here() {
			h.mu.Lock()
			for _, s := range streams {
				h.end(s)
			}
			h.mu.Unlock()
		}
	}
}
