package portal

import (
	"context"
	"net/http"
	"strings"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/story"
	"wireroom/wire"
)

// owed is a correction, a hold or a kill of which the client has not said that
// its people know.
type owed struct {
	Number                     int64
	Signal, Mark               string
	Headline, Notice, Sent, At string
}

func (v *visit) owed(ctx context.Context) ([]owed, error) {
	receipts, err := v.Clients.Owed(ctx, v.client.ID)
	if err != nil {
		return nil, err
	}
	var all []owed
	for _, r := range receipts {
		o, err := v.owes(ctx, r)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

func (v *visit) owes(ctx context.Context, r clients.Receipt) (owed, error) {
	o := owed{Number: int64(r.Wire), Sent: v.moment(r.Asked), Headline: v.T("record", "number", int64(r.Wire))}
	records, err := v.Wire.After(ctx, r.Wire-1, 1)
	if err != nil {
		return o, err
	}
	sheet, err := v.Door.Sheet(ctx, records)
	if err != nil || len(records) == 0 {
		return o, err
	}
	signal := story.Signal(records[0].Signal)
	o.Signal, o.Mark = v.T("signal-"+string(signal)), marks[signal]
	for _, d := range sheet.For(v.viewer) {
		if d.Number != r.Wire {
			continue
		}
		o.At, o.Notice = strings.Replace(storyURL, "{id}", string(d.Story), 1), d.Notice
		o.Headline = v.row(d).Headline
		if rend, has := d.Rendition(); has {
			o.Notice = rend.Correction()
		}
		if o.Notice == o.Headline {
			o.Notice = ""
		}
	}
	return o, nil
}

// seen takes the client's word that its people know of a record.
func (p *Portal) seen(w http.ResponseWriter, v *visit) error {
	n, err := readNumber(v.r.PostFormValue("number"))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Invalid("number", "this is no number on the wire")
	}
	if _, err := p.Clients.ConfirmOwed(v.r.Context(), v.client.ID, wire.Number(n), clients.ByPortal); err != nil {
		return err
	}
	http.Redirect(w, v.r, homeURL, http.StatusSeeOther)
	return nil
}
