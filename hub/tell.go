package hub

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"wireroom/courier"
	"wireroom/wire"
)

const (
	// atOnce is how many listeners are told beside each other.
	atOnce     = 32
	answerTime = 10 * time.Second
	// lookAgain is how often it is asked what is due without a bell.
	lookAgain = time.Second
	// mostConfirm is how often a listener is asked to confirm, mostTell how
	// often one is tried: by then three days are over.
	mostConfirm = 3
	mostTell    = 14
	longest     = 8 * time.Hour
)

// Run tells listeners until the context ends. Of several machines one does.
func (h *Hub) Run(ctx context.Context) {
	wrong := func(err error) { h.Log.Error("the hub waits", "error", err) }
	for ctx.Err() == nil {
		if err := h.DB.Alone(ctx, "hub", wrong, h.watch); err != nil && ctx.Err() == nil {
			wrong(err)
			rest(ctx, nil)
		}
	}
}

func (h *Hub) watch(ctx context.Context) {
	bell, stop := h.DB.Listen(channel)
	defer stop()
	for ctx.Err() == nil {
		busy, err := h.Round(ctx)
		if err != nil && ctx.Err() == nil {
			h.Log.Error("listeners cannot be told", "error", err)
		}
		if !busy {
			rest(ctx, bell)
		}
	}
}

func rest(ctx context.Context, bell <-chan struct{}) {
	timer := time.NewTimer(lookAgain)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-bell:
	case <-timer.C:
	}
}

// Round confirms and tells whoever is due, once, and says whether there was
// anybody.
func (h *Hub) Round(ctx context.Context) (busy bool, err error) {
	head := h.Head()
	due, err := h.due(ctx, head)
	if err != nil || len(due) == 0 {
		return false, err
	}
	feeds := map[string]*feed{}
	for _, l := range due {
		if l.asked == "" && feeds[l.topic] == nil {
			body, kind, err := h.Feed(ctx, l.topic)
			sum := sha256.Sum256(body)
			feeds[l.topic] = &feed{body, kind, hex.EncodeToString(sum[:]), err}
		}
	}
	var all sync.WaitGroup
	for _, l := range due {
		all.Go(func() {
			var err error
			if l.asked != "" {
				err = h.confirm(ctx, l)
			} else {
				err = h.tell(ctx, l, feeds[l.topic], head)
			}
			if err != nil && ctx.Err() == nil {
				h.Log.Error("a listener cannot be noted", "error", err)
			}
		})
	}
	all.Wait()
	return true, h.exec(ctx, `DELETE FROM hub_listener WHERE asked = '' AND until <= ?1`, h.Now())
}

type feed struct {
	body       []byte
	kind, hash string
	wrong      error
}

// confirm asks the callback whether it was the one that asked.
func (h *Hub) confirm(ctx context.Context, l listener) error {
	mode, secret, _ := strings.Cut(l.asked, " ")
	u, err := url.Parse(l.callback)
	if err != nil {
		return h.exec(ctx, `DELETE FROM hub_listener WHERE id = ?1`, l.id)
	}
	challenge := rand.Text()
	q := u.Query()
	q.Set("hub.mode", mode)
	q.Set("hub.topic", h.Base()+l.topic)
	q.Set("hub.challenge", challenge)
	if mode == "subscribe" {
		q.Set("hub.lease_seconds", strconv.FormatInt(l.lease, 10))
	}
	u.RawQuery = q.Encode()
	a, err := h.Courier.Do(ctx, courier.Errand{Address: u.String(), Time: answerTime, Most: 4 << 10})
	yes := err == nil && a.OK() && string(a.Body) == challenge
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case yes && mode == "unsubscribe":
		return h.exec(ctx, `DELETE FROM hub_listener WHERE id = ?1 AND asked = ?2`, l.id, l.asked)
	case yes:
		// What is out already is no news to whoever begins.
		return h.exec(ctx, `UPDATE hub_listener SET asked = '', secret = ?3, until = ?4, tries = 0, next = 0,
			told = CASE WHEN told = 0 THEN ?5 ELSE told END WHERE id = ?1 AND asked = ?2`,
			l.id, l.asked, secret, h.Now().Add(time.Duration(l.lease)*time.Second), h.Head())
	case err == nil || l.tries+1 >= mostConfirm:
		return h.exec(ctx, `UPDATE hub_listener SET asked = '', tries = 0, next = 0 WHERE id = ?1 AND asked = ?2`, l.id, l.asked)
	}
	return h.exec(ctx, `UPDATE hub_listener SET tries = tries + 1, next = ?2 WHERE id = ?1`, l.id, h.Now().Add(time.Minute<<l.tries))
}

// tell brings the feed to a listener, if it is another than the last one there.
func (h *Hub) tell(ctx context.Context, l listener, f *feed, head wire.Number) error {
	err := f.wrong
	if err == nil && f.hash != l.given {
		err = h.post(ctx, l, f)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		return h.exec(ctx, `UPDATE hub_listener SET given = ?2, told = ?3, tries = 0, next = 0 WHERE id = ?1`, l.id, f.hash, head)
	case errors.Is(err, errGone):
		return h.exec(ctx, `DELETE FROM hub_listener WHERE id = ?1`, l.id)
	case l.tries+1 >= mostTell:
		return h.exec(ctx, `UPDATE hub_listener SET told = ?2, tries = 0, next = 0 WHERE id = ?1`, l.id, head)
	}
	return h.exec(ctx, `UPDATE hub_listener SET tries = tries + 1, next = ?2 WHERE id = ?1`, l.id, h.Now().Add(min(10*time.Second<<(2*min(l.tries, 10)), longest)))
}

func (h *Hub) post(ctx context.Context, l listener, f *feed) error {
	head := map[string]string{
		"Content-Type": f.kind,
		"Link":         "<" + h.Base() + Path + `>; rel="hub", <` + h.Base() + l.topic + `>; rel="self"`,
	}
	if l.secret != "" {
		sum := hmac.New(sha256.New, []byte(l.secret))
		sum.Write(f.body)
		head["X-Hub-Signature"] = "sha256=" + hex.EncodeToString(sum.Sum(nil))
	}
	a, err := h.Courier.Do(ctx, courier.Errand{Method: "POST", Address: l.callback, Header: head, Body: f.body, Time: answerTime, Most: 4 << 10})
	switch {
	case a.Status == 410:
		return errGone
	case a.OK():
		return nil
	case err != nil:
		return err
	}
	return errRefused
}

// Path is where listeners ask, on the readers' host.
const Path = "/hub"

var (
	errGone    = errors.New("hub: the listener is gone")
	errRefused = errors.New("hub: the listener does not take it")
)
