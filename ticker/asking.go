package ticker

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"wireroom/clients"
	"wireroom/mail"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/web/words"
	"wireroom/wire"
)

// Asking is the follower that asks for receipts, and its name on the wire.
const Asking = "receipts"

// overdueEvery is how often receipts that are missing are looked for.
const overdueEvery = 15 * time.Second

// sentLetters remembers which letters went out, so that of one record whose
// letters fail in part none goes out twice while the program runs.
type sentLetters struct {
	mu   sync.Mutex
	sent map[clients.ID]wire.Number
}

func (s *sentLetters) has(c clients.ID, n wire.Number) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent[c] == n
}

func (s *sentLetters) note(c clients.ID, n wire.Number) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent[c] = n
}

// Ask follows the wire and asks for receipts, until the context ends.
func (t *Ticker) Ask(ctx context.Context) {
	letters := &sentLetters{sent: map[clients.ID]wire.Number{}}
	// Its only end is that of the context.
	_ = t.Wire.Follow(ctx, Asking, func(ctx context.Context, r wire.Record) error { return t.ask(ctx, letters, r) })
}

func (t *Ticker) ask(ctx context.Context, letters *sentLetters, r wire.Record) error {
	if r.Silent || !reveal.Grave(story.Signal(r.Signal)) {
		return wire.ErrPassed
	}
	sheet, err := t.Door.Sheet(ctx, []wire.Record{r})
	if err != nil {
		return err
	}
	asked, err := t.Clients.Ask(ctx, sheet)
	if err != nil || t.Mail == nil {
		return err
	}
	var failed []error
	for _, a := range asked {
		if letters.has(a.Client.ID, r.Number) {
			continue
		}
		if err := t.Mail.Send(ctx, t.asks(a)); err != nil {
			failed = append(failed, err)
			continue
		}
		letters.note(a.Client.ID, r.Number)
	}
	return errors.Join(failed...)
}

// asks is the letter that asks for a receipt.
func (t *Ticker) asks(a clients.Asked) mail.Letter {
	d, lang := a.Dispatch, words.Spoken(t.tongue(a.Client))
	number := strconv.FormatInt(int64(d.Number), 10)
	headline, notice := t.words.T(lang, "letter-unnamed", "number", number), d.Notice
	if r, has := d.Rendition(); has {
		headline, notice = r.Headline(), r.Correction()
	}
	kind := string(d.Signal)
	if d.Left {
		kind = "left"
	}
	body := t.words.T(lang, "letter-body-"+kind, "agency", t.Masthead().Credit(story.Lang(lang)), "headline", headline,
		"notice", notice, "number", number, "story", clients.URI(d.Story), "link", t.Masthead().PublicURL+strings.Replace(letterURL, "{token}", a.Token, 1))
	return mail.Letter{To: a.Client.Contact, Subject: t.words.T(lang, "letter-subject-"+string(d.Signal), "headline", headline), Text: body}
}

// Alarm tells chiefs of receipts that are missing, until the context ends.
func (t *Ticker) Alarm(ctx context.Context) {
	every := time.NewTicker(overdueEvery)
	defer every.Stop()
	for {
		if err := t.Overdue(ctx); err != nil {
			t.stumble(ctx, err)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// Overdue tells every chief, by a letter each, of the receipts that are missing
// now. Without a carrier nobody can be told; the board shows them.
func (t *Ticker) Overdue(ctx context.Context) error {
	if t.Mail == nil {
		return nil
	}
	late, err := t.Clients.Overdue(ctx)
	if err != nil || len(late) == 0 {
		return err
	}
	people, err := t.Staff.List(ctx)
	if err != nil {
		return errors.Join(err, t.Clients.Untold(ctx, late))
	}
	var untold []clients.Receipt
	var failed []error
	for _, r := range late {
		told := false
		for _, p := range people {
			if p.Role != staff.Chief || !p.Here() || p.Email == "" {
				continue
			}
			letter, err := t.alarm(ctx, r, p)
			if err == nil {
				err = t.Mail.Send(ctx, letter)
			}
			told = told || err == nil
			failed = append(failed, err)
		}
		if !told {
			untold = append(untold, r)
		}
	}
	if len(untold) > 0 {
		failed = append(failed, t.Clients.Untold(ctx, untold))
	}
	return errors.Join(failed...)
}

func (t *Ticker) alarm(ctx context.Context, r clients.Receipt, to staff.Person) (mail.Letter, error) {
	records, err := t.Wire.After(ctx, r.Wire-1, 1)
	if err != nil {
		return mail.Letter{}, err
	}
	lang, number, signal := words.Spoken(to.Lang), strconv.FormatInt(int64(r.Wire), 10), "kill"
	if len(records) > 0 {
		signal = records[0].Signal
	}
	body := t.words.T(lang, "alarm-body", "client", r.Name, "signal", t.words.T(lang, "signal-"+signal), "number", number,
		"sent", t.moment(lang, r.Asked), "link", t.Masthead().PublicURL+"/desk/board")
	return mail.Letter{To: to.Email, Subject: t.words.T(lang, "alarm-subject", "client", r.Name, "number", number), Text: body}, nil
}
