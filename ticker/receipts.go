package ticker

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/wire"
)

// receipt is a client's word that a record has reached its people.
type receipt struct {
	Number    int64  `json:"number"`
	Confirmed string `json:"confirmed,omitempty"`
}

func (t *Ticker) receipt(w http.ResponseWriter, r *http.Request, v visit) error {
	var sent receipt
	d := json.NewDecoder(r.Body)
	if err := d.Decode(&sent); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		return fault.Invalid("number", `send JSON such as {"number": 4711}`)
	}
	if sent.Number < 1 {
		return fault.Invalid("number", "number is that of the record on the wire, such as 4711")
	}
	records, err := t.Wire.After(r.Context(), wire.Number(sent.Number-1), 1)
	if err != nil {
		return err
	}
	sheet, err := t.Door.Sheet(r.Context(), records)
	if err != nil {
		return err
	}
	for _, d := range sheet.For(v.viewer) {
		if int64(d.Number) != sent.Number {
			continue
		}
		if !d.Asks() {
			return fault.Invalid("number", "receipts are asked for corrections, holds and kills alone; this is %s", d.Signal)
		}
		given, err := t.Clients.Confirm(r.Context(), v.client.ID, d, clients.ByAPI)
		if err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, "application/json", receipt{sent.Number, given.Confirmed.UTC().Format(time.RFC3339Nano)})
		return nil
	}
	return fault.NotFound("the record")
}
