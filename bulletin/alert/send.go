package alert

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"wireroom/bulletin/alert/envelope"
	"wireroom/courier"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// Sender rings.
type Sender struct {
	Store   *Store
	Courier *courier.Courier
	Door    *reveal.Door
	Wire    *wire.Wire
	// Print is a story as an alert; neutral is without a word of it.
	Print func(r reveal.Rendition, corrected, neutral bool) Message
	// Struck stands in place of one that is withdrawn.
	Struck func(lang masthead.Lang, n story.Number, neutral bool) Message
	// Patience is how long a push service may take for one message; 0 is five
	// seconds.
	Patience time.Duration
	// Lines is how many are rung at once with news, and as many again with what
	// is grave, so that no news that hangs keeps a withdrawal back; 0 is 64.
	Lines int

	step func(string) // a test may end the program here
}

const usualLines = 64

func (s *Sender) lines() int { return cmp.Or(s.Lines, usualLines) }

// at tells a test where the program is.
func (s *Sender) at(step string) {
	if s.step != nil {
		s.step(step)
	}
}

const usualPatience = 5 * time.Second

// ring tells one browser what it is to be told, as that is now.
func (s *Sender) ring(ctx context.Context, d due, unseal func(string) (string, error), known *services) result {
	if !d.until.After(s.Store.now()) {
		return result{due: d, what: lapsed}
	}
	to, err := d.open(unseal)
	if err != nil {
		return s.later(d, 0, put, err)
	}
	says, tells, err := s.says(ctx, d)
	if err != nil {
		return s.later(d, 0, put, err)
	}
	if !tells {
		return result{due: d, what: told}
	}
	return s.push(ctx, d, to, says, known)
}

// says is what there is to tell of a story at this moment; false is nothing. An
// alert that was not brought before its story was taken back is not brought.
func (s *Sender) says(ctx context.Context, d due) (l letter, tells bool, err error) {
	if stands, err := s.Store.stands(ctx, d); err != nil || !stands {
		return letter{}, false, err
	}
	found, err := s.Door.Several(ctx, []story.ID{d.story}, reveal.Viewer{}, true)
	if err != nil {
		return letter{}, false, err
	}
	r, visible := found[d.story]
	l = letter{Kind: d.kind, Tag: tag(d.number), Wire: d.wire}
	switch {
	case d.kind == withdrawal && visible:
		return l, false, nil // a later record tells that it is back
	case d.kind == withdrawal:
		l.Message = s.Struck(d.lang, d.number, d.neutral)
	case !visible:
		return l, false, nil
	default:
		l.Message = s.Print(r, d.kind == correction, d.neutral)
	}
	return l, true, nil
}

// push hands a letter to the browser's push service.
func (s *Sender) push(ctx context.Context, d due, to Browser, l letter, known *services) result {
	text, err := l.text()
	if err != nil {
		return result{due: d, what: lapsed, wrong: err}
	}
	body, err := envelope.Seal(to.Browser, text, size)
	if err != nil {
		return result{due: d, what: gone, wrong: err}
	}
	service, err := s.Store.origin(to.Endpoint)
	if err != nil {
		return s.later(d, 0, put, err)
	}
	if until := known.rests(service); !until.IsZero() {
		return s.later(d, until.Sub(s.Store.now()), put, nil)
	}
	by, err := known.by(ctx, service)
	if err != nil {
		return s.later(d, 0, put, err)
	}
	answer, err := s.Courier.Do(ctx, courier.Errand{Method: "POST", Address: to.Endpoint, Body: body, Time: cmp.Or(s.Patience, usualPatience), Most: mostAnswer,
		Header: map[string]string{
			"Authorization": by, "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm",
			"TTL": seconds(d.until.Sub(s.Store.now())), "Urgency": d.kind.urgency(), "Topic": topic(to.Auth, d.number),
		}})
	if ctx.Err() == nil {
		known.heard(service, answer.Status != 0 && answer.Status/100 != 5)
	}
	if err != nil && answer.Status == 0 {
		return s.later(d, 0, put, err)
	}
	return s.read(d, answer)
}

// mostAnswer is how much of an answer is read, in bytes: its status says it all.
const mostAnswer = 4 << 10

// read is what a push service's answer comes to.
func (s *Sender) read(d due, a courier.Answer) result {
	if a.OK() {
		return result{due: d, what: told}
	}
	why := fault.Internal("ring a browser", errors.New("its push service answers "+a.Words()))
	switch {
	case a.Status == 404 || a.Status == 410:
		return result{due: d, what: gone}
	case a.Status == 413:
		return result{due: d, what: lapsed, wrong: why}
	case a.Status/100 == 4 && a.Status != 429:
		return s.later(d, 0, refused, why)
	}
	return s.later(d, a.Wait(s.Store.now()), put, why)
}

func seconds(d time.Duration) string { return strconv.Itoa(max(int(d/time.Second), 1)) }

// urgency is how much a push service may let a telephone sleep (RFC 8030, 5.3).
func (k kind) urgency() string {
	if k == correction {
		return "normal"
	}
	return "high"
}

// The waits between two tries, if the push service asks for no longer one.
const (
	firstWait   = 5 * time.Second
	longestWait = 30 * time.Minute
)

// later puts a try off, or gives it up if that is too late. A part of the wait is
// drawn: a push service that was down is not to meet all at one moment.
func (s *Sender) later(d due, asked time.Duration, how outcome, why error) result {
	wait := longestWait
	if d.tries < 9 {
		wait = min(firstWait<<d.tries, longestWait)
	}
	wait += rand.N(wait / 4)
	at := s.Store.now().Add(max(wait, asked))
	if !at.Before(d.until) && how == put {
		return result{due: d, what: lapsed, wrong: why}
	}
	return result{due: d, what: how, later: at, wrong: why}
}
