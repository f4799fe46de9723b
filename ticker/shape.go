package ticker

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/story"
)

// record is a record of the wire as clients' machines have it.
type record struct {
	Number     int64           `json:"number"`
	At         string          `json:"at"`
	Signal     string          `json:"signal"`
	Release    int64           `json:"release"`
	Story      string          `json:"story"`
	Lang       string          `json:"language"`
	Urgency    int             `json:"urgency"`
	Status     string          `json:"status"`
	Superseded bool            `json:"superseded,omitempty"`
	Archive    bool            `json:"archive,omitempty"`
	Receipt    bool            `json:"receipt,omitempty"`
	Left       bool            `json:"left,omitempty"`
	Notice     string          `json:"notice,omitempty"`
	Short      string          `json:"short,omitempty"`
	Item       json.RawMessage `json:"item,omitempty"`
	Document   string          `json:"document,omitempty"`
}

// shaped says in which format a client wants items, by name or by Accept.
func shaped(r *http.Request, c clients.Client) (choice.Format, error) {
	asked := r.URL.Query().Get("format")
	if asked == "" {
		asked = c.Offered()[0].Name
		if accept := r.Header.Get("Accept"); accept != "" && !strings.Contains(accept, "text/event-stream") && !strings.Contains(accept, "application/json") {
			f, ok := choice.Accepted(accept)
			if !ok {
				return f, &refused{http.StatusNotAcceptable, "No such format", "Accept one of the types in " + openAPIURL + ", or name a format with ?format=.", [2]string{}}
			}
			if accept != "*/*" {
				asked = f.Name
			}
		}
	}
	f, ok := choice.Named(asked)
	if !ok || !c.Allows(asked) {
		return f, fault.Invalid("format", "ask for one of: %s", strings.Join(named(c.Offered()), ", "))
	}
	return f, nil
}

func named(all []choice.Format) (names []string) {
	for _, f := range all {
		names = append(names, f.Name)
	}
	return names
}

// enveloped reports whether the format's items can stand within a page of ours.
func enveloped(f choice.Format) bool { return f.Extension == "json" && f.Name != "jsonfeed" }

// Manner is how a client has what is written for it.
func (t *Ticker) Manner(c clients.Client) format.Options {
	m := t.Masthead()
	return format.Options{Round: c.Brackets == clients.Round, Agency: m.Name, At: t.Now().UTC(), Title: m.Name, Home: m.PublicURL, Self: m.PublicURL + itemsURL}
}

// record shapes a dispatch. What is superseded is named alone.
func (t *Ticker) record(d reveal.Dispatch, f choice.Format, o format.Options, others ...version) (record, error) {
	out := record{Number: int64(d.Number), At: d.At.UTC().Format(time.RFC3339Nano), Signal: string(d.Signal), Release: d.Release,
		Story: clients.URI(d.Story), Lang: string(d.Lang), Urgency: d.Urgency, Status: string(d.Status), Superseded: d.Superseded,
		Archive: d.Silent, Receipt: d.Asks(), Left: d.Left, Notice: d.Notice, Short: d.Short}
	if !d.Tells() {
		return out, nil
	}
	var b bytes.Buffer
	if err := f.Encode(&b, []format.Item{t.formed(d, others...)}, o); err != nil {
		return out, fault.Internal("write a release as "+f.Name, err)
	}
	if enveloped(f) {
		out.Item = bytes.TrimSpace(b.Bytes())
	} else {
		out.Document = b.String()
	}
	return out, nil
}

// Item is a dispatch as formats have it, with the addresses of its pictures.
func (t *Ticker) Item(d reveal.Dispatch) format.Item { return clients.Item(t.Masthead(), d, t.Sizes) }

// formed is the item of a dispatch that knows the same story in others.
func (t *Ticker) formed(d reveal.Dispatch, others ...version) format.Item {
	i := t.Item(d)
	for _, v := range others {
		i.Siblings = append(i.Siblings, format.Sibling{URI: v.Story, Lang: v.Lang, Headline: v.Headline})
	}
	return i
}

// Sizes are where clients have a story's picture.
func (t *Ticker) Sizes(of story.ID, id string) []format.Size {
	if t.Pictures == nil {
		return nil
	}
	w, h, err := t.Pictures.Size(id)
	if err != nil || w == 0 {
		return nil
	}
	var all []format.Size
	for _, width := range media.Widths {
		at := min(width, w)
		all = append(all, format.Size{Href: t.Masthead().PublicURL + itemsURL + "/" + string(of) + "/pictures/" + id + "/" + strconv.Itoa(width),
			Type: "image/jpeg", Width: at, Height: h * at / w})
		if width >= w {
			break
		}
	}
	return all
}
