package push

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/wire"
)

// Shaper gives endpoints what reveal lets their client have of a record.
type Shaper struct {
	Door     *reveal.Door
	Clients  *clients.Store
	Masthead func() masthead.Masthead
	Sizes    clients.Sizes // nil is no pictures
	Pictures *media.Store  // to bring them as files; nil is none
	// Receipt is where a token confirms, within the public address; nil is that
	// receipts are asked for by letter alone.
	Receipt func(token string) string
	Now     func() time.Time
}

// plainText is the name of the form in which mailboxes get news unless they
// choose.
const plainText = "text"

// Forms are the formats that an endpoint may choose, the usual one first.
func Forms(way Way, c clients.Client) []string {
	var all []string
	if way == Mail {
		all = append(all, plainText)
	}
	for _, f := range choice.Formats() {
		if (len(c.Formats) == 0 || contains(c.Formats, f.Name)) && !contains(all, f.Name) {
			all = append(all, f.Name)
		}
	}
	return all
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// Shape makes the document of a record; see the type Shape.
func (s Shaper) Shape(ctx context.Context, e Endpoint, r wire.Record) (Document, error) {
	c, err := s.Clients.Client(ctx, clients.ID(e.Client))
	if fault.Is(err, fault.KindNotFound) {
		return Document{}, wire.ErrPassed
	}
	if err != nil {
		return Document{}, err
	}
	sheet, err := s.Door.Sheet(ctx, []wire.Record{r})
	if err != nil {
		return Document{}, err
	}
	now := s.Now()
	all := sheet.For(c.Viewer(now))
	if len(all) == 0 {
		// What is given late is not given yet; what is not given at all is
		// passed then.
		if due := r.At.Add(c.Delay); c.Delay > 0 && c.Open(now) && now.Before(due) && !overtakes(r) {
			return Document{}, &Later{due}
		}
		return Document{}, wire.ErrPassed
	}
	d := all[0]
	if !d.Tells() {
		return Document{}, wire.ErrPassed
	}
	return s.document(e, c, d, now)
}

// Example is a document by which an endpoint is tried.
func (s Shaper) Example(e Endpoint, c clients.Client, id string) (Document, error) {
	i := format.Item{URI: "urn:uuid:" + id, Type: "text", Lang: string(cmp.Or(c.Lang, "en")), Created: s.Now(), Changed: s.Now(), Version: 1}
	i.Content.Headline = "Test"
	return s.written(e, c, i, "test", "", s.Now())
}

func (s Shaper) document(e Endpoint, c clients.Client, d reveal.Dispatch, now time.Time) (Document, error) {
	sizes, files := s.Sizes, func() []File { return nil }
	if e.Pictures && e.Way.Carries() && s.Pictures != nil {
		a := s.albumOf(e, d.Number)
		sizes, files = a.sizes, func() []File { return a.files }
	}
	i := clients.Item(s.Masthead(), d, sizes)
	receipt := s.receipt(e, d)
	if receipt != "" && e.Way != Webhook {
		i.Content.Note = asksReceipt(string(c.Lang), receipt)
	}
	out, err := s.written(e, c, i, string(d.Signal), receipt, now)
	_, has := d.Rendition()
	out.Files, out.Withdraws = files(), !has
	return out, err
}

// receipt is the address at which a client confirms a record that asks for it.
func (s Shaper) receipt(e Endpoint, d reveal.Dispatch) string {
	base, token := s.Masthead().PublicURL, e.ReceiptToken(d.Number)
	if !d.Asks() || s.Receipt == nil || base == "" || token == "" {
		return ""
	}
	return base + s.Receipt(token)
}

func (s Shaper) written(e Endpoint, c clients.Client, i format.Item, signal, receipt string, now time.Time) (Document, error) {
	m := s.Masthead()
	o := format.Options{Round: c.Brackets == clients.Round, Agency: m.Name, At: now.UTC(), ID: eventID(wire.Number(i.Number)), Title: m.Name, Home: m.PublicURL}
	name := cmp.Or(e.Format, Forms(e.Way, c)[0])
	f, ok := choice.Named(name)
	if !ok {
		return Document{}, fault.Invalid("format", "there is no format %.40q any more", name)
	}
	var b bytes.Buffer
	if err := f.Encode(&b, []format.Item{i}, o); err != nil {
		return Document{}, fault.Internal("write a release as "+f.Name, err)
	}
	d := Document{Type: f.Type, Extension: f.Extension, Subject: subject(i, signal), Body: b.Bytes(), Receipt: receipt}
	if e.Way == Webhook && f.Extension == "json" {
		return d, enveloped(&d, i, signal)
	}
	return d, nil
}

// event is what a webhook gets, in the form that Standard Webhooks advise.
type event struct {
	Type   string `json:"type"` // "story.kill"
	At     string `json:"timestamp"`
	Number int64  `json:"number"`
	// Receipt is the address that confirms by a POST. To take the delivery
	// confirms nothing: a machine may have it long before anybody reads it.
	Receipt string          `json:"receipt,omitempty"`
	Data    json.RawMessage `json:"data"`
}

func enveloped(d *Document, i format.Item, signal string) error {
	body, err := json.Marshal(event{"story." + signal, i.Changed.UTC().Format(time.RFC3339Nano), i.Number, d.Receipt, bytes.TrimSpace(d.Body)})
	if err != nil {
		return fault.Internal("write an event", err)
	}
	d.Body, d.Type = body, "application/json"
	return nil
}

// grave are the words that open a letter which mends or takes back.
var grave = map[string]string{"correction": "CORRECTION", "hold": "HOLD", "kill": "KILL", "update": "UPDATE", "release_hold": "RELEASED FROM HOLD"}

func subject(i format.Item, signal string) string {
	headline := cmp.Or(i.Content.Headline, i.URI)
	if word := grave[signal]; word != "" {
		return word + ": " + headline
	}
	return headline
}
