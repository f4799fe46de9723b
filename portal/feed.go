package portal

import (
	"bytes"
	"net/http"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/format"
)

// feed gives what a search finds to whoever has its address: a machine of the
// client's, which is held to the contract as one with a token is.
func (p *Portal) feed(w http.ResponseWriter, r *http.Request) error {
	s, c, err := p.Clients.ByFeed(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	if err := p.Ticker.Admits(r, c); err != nil {
		return err
	}
	v := p.of(r, clients.Seat{}, c)
	f, err := v.format(r.PathValue("format"))
	if err != nil || !f.Many {
		return fault.NotFound("the feed")
	}
	found, err := v.latest(r.Context(), s.Search, 0)
	if err != nil {
		return err
	}
	items := []format.Item{}
	for _, d := range found.found {
		items = append(items, p.Ticker.Item(d))
	}
	o := p.Ticker.Manner(c)
	o.Title, o.Self = o.Title+": "+s.Name, v.base()+r.URL.Path
	var b bytes.Buffer
	if err := f.Encode(&b, items, o); err != nil {
		return fault.Internal("write a feed as "+f.Name, err)
	}
	p.Clients.Used(c.ID, clients.UseFeed, 1)
	w.Header().Set("Content-Type", f.Type)
	_, _ = w.Write(b.Bytes())
	return nil
}
