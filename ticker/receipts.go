package ticker

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/wire"
)

// receipt is a client's word that a record has reached its people.
type receipt struct {
	Number    int64  `json:"number"`
	Confirmed string `json:"confirmed,omitempty"`
}

func (t *Ticker) receipt(w http.ResponseWriter, r *http.Request, v visit) error {
	var sent receipt
	if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		return fault.Invalid("number", `send JSON such as {"number": 4711}`)
	}
	if sent.Number < 1 {
		return fault.Invalid("number", "number is that of the record on the wire, such as 4711")
	}
	d, err := t.asked(r.Context(), v.viewer, wire.Number(sent.Number))
	if err != nil {
		return err
	}
	given, err := t.Clients.Confirm(r.Context(), v.client.ID, d, clients.ByAPI)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, "application/json", receipt{sent.Number, given.Confirmed.UTC().Format(time.RFC3339Nano)})
	return nil
}

// asked is a record of which the viewer's receipt is asked for; NotFound when
// the record is not for the viewer, Invalid when nothing is asked.
func (t *Ticker) asked(ctx context.Context, v reveal.Viewer, n wire.Number) (reveal.Dispatch, error) {
	records, err := t.Wire.After(ctx, n-1, 1)
	if err != nil {
		return reveal.Dispatch{}, err
	}
	sheet, err := t.Door.Sheet(ctx, records)
	if err != nil {
		return reveal.Dispatch{}, err
	}
	for _, d := range sheet.For(v) {
		if d.Number != n {
			continue
		}
		if !d.Asks() {
			return d, fault.Invalid("number", "receipts are asked for corrections, holds and kills alone; this is %s", d.Signal)
		}
		return d, nil
	}
	return reveal.Dispatch{}, fault.NotFound("the record")
}

// ReceiptPath is where a token confirms: by a POST, or by a person's click on
// what a GET shows.
func ReceiptPath(token string) string { return strings.Replace(letterURL, "{token}", token, 1) }

// owed is the receipt that the token of an address asks for, be it of a letter
// or of what was brought to an endpoint, and how it is given.
func (t *Ticker) owed(r *http.Request) (clients.Receipt, func() (clients.Receipt, error), error) {
	ctx, token := r.Context(), r.PathValue("token")
	if t.Endpoints == nil || !strings.Contains(token, ".") {
		given, err := t.Clients.Letter(ctx, token)
		return given, func() (clients.Receipt, error) { return t.Clients.ConfirmLetter(ctx, token) }, err
	}
	e, n, err := t.Endpoints.ByReceipt(ctx, token)
	if err != nil {
		return clients.Receipt{}, nil, err
	}
	c, err := t.Clients.Client(ctx, clients.ID(e.Client))
	if err != nil {
		return clients.Receipt{}, nil, err
	}
	d, err := t.asked(ctx, c.Viewer(t.Now()), n)
	if err != nil {
		return clients.Receipt{}, nil, err
	}
	way := clients.ByAPI
	if e.Way == push.Mail {
		way = clients.ByLetter
	}
	confirm := func() (clients.Receipt, error) { return t.Clients.Confirm(ctx, c.ID, d, way) }
	given, err := t.Clients.Receipt(ctx, c.ID, n)
	if fault.Is(err, fault.KindNotFound) { // it came before it was asked for
		return clients.Receipt{Wire: n, Client: c.ID, Name: c.Name, Story: d.Story, Asked: d.At}, confirm, nil
	}
	return given, confirm, err
}
