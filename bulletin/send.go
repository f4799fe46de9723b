package bulletin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"sync"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/reveal"
	"wireroom/wire"
)

// QuitMark stands in a sheet where each letter has the address at which its
// reader leaves the bulletin.
const QuitMark = "https://quit.invalid/"

// Sheet is what all readers of one class have of an issue.
type Sheet struct {
	Subject, Text, HTML string
	Empty               bool // there is nothing to tell, and no letter

	parts []*mail.Stencil // of Text and HTML, once the first letter is made
}

// Sender sends the issues.
type Sender struct {
	Store *Store
	Post  *mail.Post
	// Print makes the sheet of an issue for a viewer.
	Print func(context.Context, Bulletin, Issue, reveal.Viewer) (Sheet, error)
	// Quit is where the bearer of a ticket leaves the bulletin.
	Quit  func(b Bulletin, ticket string) string
	Lines int // connections to the carrier for one issue; 0 is 4
	Pace  int // letters a minute to one domain; 0 is as many as the carrier takes

	once   sync.Once
	pace   *pacer
	holder string
}

const (
	defaultLines = 4
	// atOnce is how many addresses are opened at a time.
	atOnce = 200
)

func (s *Sender) ready() {
	s.once.Do(func() {
		if s.Lines == 0 {
			s.Lines = defaultLines
		}
		s.pace, s.holder = newPacer(s.Pace, time.Now), db.NewID()
	})
}

// Send sends what is due of an issue. It returns when nobody is left who is to
// have it now; letters that were put off wait for the next time. Only what
// keeps all letters back is an error, and it is noted with the issue.
func (s *Sender) Send(ctx context.Context, number int64) error {
	s.ready()
	ok, err := s.Store.claim(ctx, number, s.holder)
	if err != nil || !ok {
		return err
	}
	err = s.send(ctx, number)
	why := ""
	if err != nil && ctx.Err() == nil {
		why = said(err)
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseBeat)
	defer cancel()
	return errors.Join(err, s.Store.leave(last, number, s.holder, why))
}

// said is an error in words for the screen.
func said(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Error()
	}
	return err.Error()
}

// mailing is one issue as it is being sent.
type mailing struct {
	*Sender
	bulletin Bulletin
	issue    Issue
	tickets  audience.Tickets
	queue    *queue
	notes    chan note

	mu     sync.Mutex
	head   wire.Number // up to which the sheets are good
	sheets map[string]Sheet
}

func (s *Sender) send(ctx context.Context, number int64) error {
	issue, err := s.Store.Issue(ctx, number)
	if err != nil {
		return err
	}
	m := &mailing{Sender: s, issue: issue, queue: newQueue(s.pace), notes: make(chan note), sheets: map[string]Sheet{}}
	if m.bulletin, err = s.Store.Get(ctx, issue.Bulletin); err != nil {
		return err
	}
	if m.tickets, err = s.Store.readers.Tickets(ctx); err != nil {
		return err
	}
	ids, err := s.Store.letters(ctx, number)
	if err != nil || len(ids) == 0 {
		return err
	}
	return m.run(ctx, ids)
}

// run loads the addresses, sends over each line and writes down what comes of
// it, side by side; the first that fails ends the others.
func (m *mailing) run(ctx context.Context, ids []string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	written := make(chan struct{})
	go func() {
		defer close(written)
		// What the carrier has taken is written down also when all stops.
		if err := m.Store.notes(context.WithoutCancel(ctx), m.issue.Number, m.holder, m.notes); err != nil {
			stop(err)
			for one := range m.notes {
				one.kept <- err
			}
		}
	}()
	var work sync.WaitGroup
	work.Go(func() {
		if err := m.load(ctx, ids); err != nil {
			stop(err)
		}
	})
	for range min(m.Lines, len(ids)) {
		work.Go(func() {
			if err := m.line(ctx); err != nil {
				stop(err)
			}
		})
	}
	work.Wait()
	close(m.notes)
	<-written
	return context.Cause(ctx)
}

// load opens the addresses of those who still want their letter.
func (m *mailing) load(ctx context.Context, ids []string) error {
	defer m.queue.close()
	for some := range slices.Chunk(ids, atOnce) {
		found, err := m.Store.readers.Recipients(ctx, string(m.bulletin.ID), some)
		if err != nil {
			return err
		}
		now := m.Store.now()
		there := map[string]bool{}
		var wanted []audience.Recipient
		for _, r := range found {
			if there[r.ID] = m.bulletin.Rules.For(r.Passes, now); there[r.ID] {
				wanted = append(wanted, r)
			}
		}
		m.queue.add(wanted)
		for _, id := range some {
			if !there[id] {
				if err := m.note(id, left); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (m *mailing) note(reader string, what outcome) error {
	n := note{reader, what, make(chan error, 1)}
	m.notes <- n
	return <-n.kept
}

// line sends letters over one connection until nobody is left. It begins none
// before what became of the last one is written down, so that a crash repeats
// one letter of each line at most.
func (m *mailing) line(ctx context.Context) error {
	var line *mail.Line
	defer func() {
		if line != nil {
			line.Close()
		}
	}()
	for ctx.Err() == nil {
		r, wait, over := m.queue.take()
		switch {
		case over:
			return nil
		case wait > 0:
			rest(ctx, wait)
			continue
		}
		if line == nil {
			var err error
			if line, err = m.Post.Line(ctx); err != nil {
				return err
			}
		}
		what, err := m.letter(ctx, line, r)
		if err != nil {
			return err
		}
		if err := m.note(r.ID, what); err != nil {
			return err
		}
	}
	return nil
}

// letter sends one. A fault of the line ends the run; the letter stays.
func (m *mailing) letter(ctx context.Context, line *mail.Line, r audience.Recipient) (outcome, error) {
	sheet, err := m.sheet(ctx, r)
	if err != nil {
		return put, err
	}
	if sheet.Empty {
		return left, nil
	}
	ticket, err := m.tickets.For(r.ID, m.issue.Number)
	if err != nil {
		return put, err
	}
	quit := m.Quit(m.bulletin, ticket)
	text, err := m.Post.Bytes(mail.Piece{
		To: r.Address, Subject: sheet.Subject, ID: letterID(ticket), Date: m.issue.At, Quit: quit,
		Parts: sheet.parts, List: mail.List{Name: m.bulletin.Name, ID: string(m.bulletin.ID)},
	})
	if fault.Is(err, fault.KindInvalid) {
		return bounced, nil
	}
	if err != nil {
		return put, err
	}
	err = line.Send(r.Address, ticket, text)
	var refused *mail.Refused
	switch {
	case err == nil:
		return sent, nil
	case errors.As(err, &refused) && refused.For:
		return bounced, nil
	case errors.As(err, &refused):
		return put, nil
	}
	return put, err
}

// letterID names a letter to the world, always the same; it leads to no ticket,
// for whoever is answered sees it.
func letterID(ticket string) string {
	sum := sha256.Sum256([]byte(ticket))
	return hex.EncodeToString(sum[:16])
}

// sheet is the one for a recipient's class. Once the wire has moved on they are
// made anew: what was corrected or killed meanwhile goes out so, or not at all.
func (m *mailing) sheet(ctx context.Context, r audience.Recipient) (Sheet, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	head, err := m.Store.wire.Head(ctx)
	if err != nil {
		return Sheet{}, err
	}
	if head != m.head {
		m.head, m.sheets = head, map[string]Sheet{}
	}
	v := reveal.Holder(r.Passes, m.Store.now())
	sheet, known := m.sheets[v.Class()]
	if !known {
		if sheet, err = m.Print(ctx, m.bulletin, m.issue, v); err != nil {
			return Sheet{}, err
		}
		sheet.parts = []*mail.Stencil{mail.Plain(sheet.Text, QuitMark), mail.HTML(sheet.HTML, QuitMark)}
		m.sheets[v.Class()] = sheet
	}
	return sheet, nil
}

func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(min(d, time.Second))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
