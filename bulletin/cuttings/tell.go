package cuttings

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/bulletin"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// Issue is the number that stands in the tickets of these letters, in place of
// a bulletin's: they are no issue of any.
const Issue = 0

// Teller writes the letters.
type Teller struct {
	*Service
	Post *mail.Post
	// Print makes a letter of some stories for a viewer who follows what is named.
	Print func(ctx context.Context, lang masthead.Lang, names []string, issue bulletin.Issue, v reveal.Viewer) (bulletin.Sheet, error)
	// Quit is where the bearer of a ticket ends these letters.
	Quit func(lang masthead.Lang, ticket string) string
}

const (
	// looksAgain is how often it is looked for what is due by the clock.
	looksAgain = 10 * time.Second
	// givesUp is how long a letter is tried that the carrier does not take.
	givesUp = 24 * time.Hour
)

// Run lays by and tells until the context ends. wrong hears of what fails.
func (t *Teller) Run(ctx context.Context, wrong func(error)) {
	rung := make(chan struct{}, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		// It ends with the context alone.
		_ = t.Wire.Follow(ctx, Follower, func(ctx context.Context, r wire.Record) error {
			err := t.Cut(ctx, r)
			if err == nil {
				select {
				case rung <- struct{}{}:
				default:
				}
			}
			return err
		})
	}()
	defer func() { <-done }()
	for ctx.Err() == nil {
		if err := t.Tell(ctx); err != nil && ctx.Err() == nil {
			wrong(err)
		}
		timer := time.NewTimer(looksAgain)
		select {
		case <-ctx.Done():
		case <-rung:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// Tell writes the letters that are due. One that fails keeps none of the others,
// but without a carrier there are none.
func (t *Teller) Tell(ctx context.Context) error {
	due, err := t.Readers.Due(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	tickets, err := t.Readers.Tickets(ctx)
	if err != nil {
		return err
	}
	line, err := t.Post.Line(ctx)
	if err != nil {
		return err
	}
	defer line.Close()
	var failed []error
	for _, a := range due {
		if ctx.Err() != nil {
			break
		}
		lost, err := t.one(ctx, line, tickets, a)
		failed = append(failed, err)
		if lost {
			break
		}
	}
	return errors.Join(failed...)
}

// letter is one as it is being written.
type letter struct {
	to     audience.Recipient
	lang   masthead.Lang
	viewer reveal.Viewer
	tells  []audience.Cutting // what stands in it
	drops  []audience.Cutting // what it is not to tell after all
}

// one writes one letter; lost says that the line is of no more use.
func (t *Teller) one(ctx context.Context, line *mail.Line, tickets audience.Tickets, a audience.Awaiting) (lost bool, err error) {
	all, err := t.Readers.Claim(ctx, a)
	if err != nil || len(all) == 0 {
		return false, err
	}
	to, err := t.Readers.Addressee(ctx, a.Reader)
	if fault.Is(err, fault.KindNotFound) {
		return false, t.Readers.Told(ctx, all)
	}
	if err != nil {
		return false, err
	}
	l := letter{to: to, lang: masthead.Lang(a.Lang), viewer: reveal.Holder(to.Passes, t.Now())}
	if err := t.sort(ctx, &l, all); err != nil {
		return false, err
	}
	if err := t.Readers.Told(ctx, l.drops); err != nil || len(l.tells) == 0 {
		return false, err
	}
	text, ticket, err := t.write(ctx, l, tickets)
	if err != nil {
		return false, err
	}
	if text != nil {
		err = line.Send(to.Address, ticket, text)
	}
	return t.sent(ctx, l, err)
}

// sent notes what became of a letter.
func (t *Teller) sent(ctx context.Context, l letter, err error) (lost bool, _ error) {
	// What the carrier has taken is written down also when all stops.
	ctx = context.WithoutCancel(ctx)
	var refused *mail.Refused
	switch {
	case err == nil:
		return false, t.Readers.Told(ctx, l.tells)
	case errors.As(err, &refused) && refused.For:
		return false, errors.Join(t.Readers.Bounced(ctx, l.to.ID), t.Readers.Told(ctx, l.tells))
	}
	var old []audience.Cutting
	for _, c := range l.tells {
		if t.Now().Sub(c.Due) > givesUp {
			old = append(old, c)
		}
	}
	return !errors.As(err, &refused), errors.Join(err, t.Readers.Told(ctx, old))
}

// sort looks once more at what is to be told: what the reader may not know of
// now waits, and what no longer speaks of what they follow is left out.
func (t *Teller) sort(ctx context.Context, l *letter, all []audience.Cutting) error {
	var ids []story.ID
	for _, c := range all {
		ids = append(ids, story.ID(c.Story))
	}
	found, err := t.Door.These(ctx, ids, l.viewer)
	if err != nil {
		return err
	}
	has := map[string]reveal.Rendition{}
	for _, r := range found {
		has[string(r.ID())] = r
	}
	for _, c := range all {
		r, visible := has[c.Story]
		switch {
		case c.Kind == "kill":
			l.tells = append(l.tells, c)
		case !visible && t.gone(ctx, l.lang, c):
			l.drops = append(l.drops, c)
		case !visible: // held, or under embargo again
		default:
			sieve, ok, err := t.Sieve(ctx, c.Aim)
			if err != nil {
				return err
			}
			if c.Kind == "story" && (!ok || !sieve.Finds(r)) {
				l.drops = append(l.drops, c)
				continue
			}
			l.tells = append(l.tells, c)
		}
	}
	return nil
}

// gone is whether a story is killed, of which the reader has not been told.
func (t *Teller) gone(ctx context.Context, lang masthead.Lang, c audience.Cutting) bool {
	_, err := t.Door.Story(ctx, lang, story.Number(c.Number), reveal.Viewer{})
	return fault.Is(err, fault.KindGone)
}

// write makes the letter, or nothing where there is nothing to say.
func (t *Teller) write(ctx context.Context, l letter, tickets audience.Tickets) (text []byte, ticket string, err error) {
	issue := bulletin.Issue{At: t.Now()}
	var names []string
	for _, c := range l.tells {
		if !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
		item := bulletin.Item{Kind: bulletin.Kind(c.Kind), Story: story.ID(c.Story), Number: story.Number(c.Number), Wire: c.Wire}
		if !slices.ContainsFunc(issue.Items, func(i bulletin.Item) bool { return i.Story == item.Story && i.Kind == item.Kind }) {
			issue.Items = append(issue.Items, item)
		}
	}
	sheet, err := t.Print(ctx, l.lang, names, issue, l.viewer)
	if err != nil || sheet.Empty {
		return nil, "", err
	}
	if ticket, err = tickets.For(l.to.ID, Issue); err != nil {
		return nil, "", err
	}
	quit := t.Quit(l.lang, ticket)
	text, err = t.Post.Bytes(mail.Piece{
		To: l.to.Address, Subject: sheet.Subject, ID: l.id(ticket), Date: issue.At, Quit: quit,
		Text: strings.ReplaceAll(sheet.Text, bulletin.QuitMark, quit), HTML: strings.ReplaceAll(sheet.HTML, bulletin.QuitMark, quit),
		List: mail.List{Name: t.Masthead().Credit(l.lang), ID: Follower},
	})
	return text, ticket, err
}

// id names a letter by the first thing that it tells, so that one which has to
// be sent again has the same.
func (l letter) id(ticket string) string {
	first := l.tells[len(l.tells)-1]
	sum := sha256.Sum256([]byte(ticket + " " + first.Follow + " " + first.Story + " " + first.Kind))
	return hex.EncodeToString(sum[:16])
}
