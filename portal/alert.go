package portal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web/words"
	"wireroom/wire"
)

const (
	// lookEvery is how often it is looked for what the hour or a delay brings;
	// a record on the wire wakes at once.
	lookEvery = 15 * time.Second
	// mostTold is how many stories one letter lists.
	mostTold = 60
)

// Tell sends alerts and tells of silence, until the context ends.
func (p *Portal) Tell(ctx context.Context) {
	if p.Mail == nil {
		return
	}
	for ctx.Err() == nil {
		head, err := p.Wire.Head(ctx)
		if err == nil {
			err = errors.Join(p.Alerts(ctx), p.Silences(ctx))
		}
		if err != nil && ctx.Err() == nil {
			p.Log.Error("clients are not told of everything", "error", err)
		}
		wait, stop := context.WithTimeout(ctx, lookEvery)
		if err == nil {
			_ = p.Wire.Wait(wait, head)
		} else {
			<-wait.Done()
		}
		stop()
	}
}

// of is what somebody of a client may see, where no page is asked for.
func (p *Portal) of(r *http.Request, t clients.Seat, c clients.Client) *visit {
	now := p.Now()
	return &visit{Portal: p, r: r, seat: t, client: c, viewer: c.Viewer(now), house: p.Masthead(), lang: p.tongue(t, c), now: now}
}

// head is the last number that the client may have come to by now.
func (v *visit) head(ctx context.Context) (wire.Number, error) {
	if v.client.Delay == 0 {
		return v.Wire.Head(ctx)
	}
	return v.Wire.Before(ctx, v.now.Add(time.Millisecond-v.client.Delay))
}

// Alerts sends each alert that is due. One that fails keeps none of the others.
func (p *Portal) Alerts(ctx context.Context) error {
	due, err := p.Clients.Due(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, a := range due {
		err := p.alert(ctx, a)
		if fault.Is(err, fault.KindNotFound) {
			continue // the seat was taken back meanwhile
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

func (p *Portal) alert(ctx context.Context, a clients.Saved) error {
	seat, c, err := p.Clients.Holder(ctx, a.Seat)
	if err != nil {
		return err
	}
	v := p.of(nil, seat, c)
	head, err := v.head(ctx)
	if err != nil || head <= a.Told() && a.Alert == clients.AtOnce {
		return err
	}
	ours, err := p.Clients.Claim(ctx, a)
	if err != nil || !ours {
		return err
	}
	found, err := v.since(ctx, a, head)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		if err := p.Mail.Send(ctx, v.tells(a, found, head)); err != nil {
			return err
		}
	}
	return p.Clients.Tell(ctx, a, head, v.local(v.now))
}

// since is what a search finds between what was told and a number, each story
// once, as it is now.
func (v *visit) since(ctx context.Context, a clients.Saved, head wire.Number) ([]reveal.Dispatch, error) {
	var all []reveal.Dispatch
	sought, err := v.Clients.Ready(ctx, a.Search, v.house)
	if err != nil {
		return nil, err
	}
	for at := a.Told(); at < head; {
		records, err := v.Wire.After(ctx, at, readAtOnce)
		if err != nil || len(records) == 0 {
			return all, err
		}
		at = records[len(records)-1].Number
		sheet, err := v.Door.Sheet(ctx, v.due(records))
		if err != nil {
			return nil, err
		}
		for _, d := range sheet.For(v.viewer) {
			if d.Number > head || d.Silent || !sought.Wants(d) {
				continue
			}
			last, err := v.last(ctx, d)
			if err != nil {
				return nil, err
			}
			if last {
				all = append(all, d)
			}
		}
	}
	return all, nil
}

// tells is the letter of an alert. It has the same name if it must be sent
// again.
func (v *visit) tells(a clients.Saved, found []reveal.Dispatch, head wire.Number) mail.Letter {
	var b strings.Builder
	for i, d := range found {
		if i == mostTold {
			b.WriteString(v.T("alert-more", "n", len(found)-i) + "\n\n")
			break
		}
		r := v.row(d)
		mark := ""
		if r.Signal != "" && d.Signal != story.SignalNew {
			mark = strings.ToUpper(r.Signal) + ": "
		}
		fmt.Fprintf(&b, "%s  [%d] %s%s\n%s\n\n", words.Clock(v.local(sentAt(d))), r.Urgency, mark, r.Headline, v.house.PublicURL+r.URL)
	}
	subject := v.row(found[0]).Headline
	if len(found) > 1 {
		subject = v.T("alert-several", "n", len(found))
	}
	args := []any{"name", a.Name, "headline", subject, "rows", strings.TrimSpace(b.String()), "link", v.house.PublicURL + searchesURL}
	return mail.Letter{To: v.seat.Email, ID: v.named("alert-"+a.ID, int64(head)), Subject: v.T("alert-subject", args...), Text: v.T("alert-letter", args...)}
}

// named is a letter's name, drawn from what it tells of.
func (v *visit) named(what string, n int64) string {
	host := "wireroom.invalid"
	if at, err := url.Parse(v.house.PublicURL); err == nil && at.Hostname() != "" {
		host = at.Hostname()
	}
	return fmt.Sprintf("%s-%d@%s", what, n, host)
}

// Silences tells those for whom nothing has come for as long as they said.
func (p *Portal) Silences(ctx context.Context) error {
	seats, told, err := p.Clients.Listening(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, seat := range seats {
		failed = append(failed, p.listens(ctx, seat, told[seat.ID]))
	}
	return errors.Join(failed...)
}

func (p *Portal) listens(ctx context.Context, seat clients.Seat, told bool) error {
	c, err := p.Clients.Client(ctx, seat.Client)
	if err != nil {
		return err
	}
	v := p.of(nil, seat, c)
	if !c.Open(v.now) {
		return nil
	}
	heard, err := v.heard(ctx, v.now.Add(-seat.Silence-c.Delay))
	if err != nil || heard != told {
		return err
	}
	ours, err := p.Clients.Hush(ctx, seat.ID, !heard)
	if err != nil || !ours || heard {
		return err
	}
	args := []any{"number", int(seat.Silence.Hours()), "agency", p.credit(v.lang), "link", v.house.PublicURL + searchesURL}
	letter := mail.Letter{To: seat.Email, Subject: v.T("silence-letter-subject", args...), Text: v.T("silence-letter", args...)}
	if err := p.Mail.Send(ctx, letter); err != nil {
		_, back := p.Clients.Hush(ctx, seat.ID, false)
		return errors.Join(err, back)
	}
	return nil
}

// heard reports whether anything for the client has come since an instant.
func (v *visit) heard(ctx context.Context, since time.Time) (bool, error) {
	for before := wire.Number(0); ; {
		records, err := v.Wire.Latest(ctx, before, readAtOnce)
		if err != nil || len(records) == 0 {
			return false, err
		}
		sheet, err := v.Door.Sheet(ctx, v.due(records))
		if err != nil {
			return false, err
		}
		for _, d := range sheet.For(v.viewer) {
			if !d.At.Before(since) {
				return true, nil
			}
		}
		last := records[len(records)-1]
		if before = last.Number; last.At.Before(since) {
			return false, nil
		}
	}
}
