package ticker

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
)

// one is a story for a client: as it is now, and how it came to be.
type one struct {
	record
	Releases []record  `json:"releases"`
	Versions []version `json:"versions"`
}

// version is the story in another language.
type version struct {
	Story    string `json:"story"`
	Lang     string `json:"language"`
	Headline string `json:"headline"`
	Href     string `json:"href"`
}

// releases are those of a story that a client may know of; NotFound without
// any.
func (t *Ticker) releases(ctx context.Context, v visit, id string) ([]reveal.Dispatch, error) {
	id = strings.TrimPrefix(id, "urn:uuid:")
	if !db.IsID(id) {
		return nil, fault.NotFound("the story")
	}
	records, err := t.Wire.Of(ctx, id)
	if err != nil {
		return nil, err
	}
	sheet, err := t.Door.Sheet(ctx, records)
	if err != nil {
		return nil, err
	}
	all := sheet.For(v.viewer)
	if len(all) == 0 {
		return nil, fault.NotFound("the story")
	}
	return all, nil
}

func (t *Ticker) item(w http.ResponseWriter, r *http.Request, v visit) error {
	shape, err := shaped(r, v.client)
	if err != nil {
		return err
	}
	all, err := t.releases(r.Context(), v, r.PathValue("id"))
	if err != nil {
		return err
	}
	now := all[len(all)-1]
	versions, err := t.versions(r.Context(), v, now)
	if err != nil {
		return err
	}
	if !enveloped(shape) {
		return t.document(w, shape, v, []reveal.Dispatch{now}, versions...)
	}
	out := one{Versions: versions}
	if out.record, err = t.record(now, shape, t.Manner(v.client), versions...); err != nil {
		return err
	}
	for _, d := range all {
		out.Releases = append(out.Releases, record{Number: int64(d.Number), At: d.At.UTC().Format(time.RFC3339Nano), Signal: string(d.Signal),
			Release: d.Release, Story: clients.URI(d.Story), Lang: string(d.Lang), Urgency: d.Urgency, Status: string(d.Status),
			Superseded: d.Number != now.Number, Archive: d.Silent, Receipt: d.Asks(), Left: d.Left})
	}
	writeJSON(w, http.StatusOK, "application/json", out)
	return nil
}

// versions are the same story in other languages, where the client may have
// them.
func (t *Ticker) versions(ctx context.Context, v visit, d reveal.Dispatch) ([]version, error) {
	out := []version{}
	r, has := d.Rendition()
	if !has {
		return out, nil
	}
	all, err := t.Door.Versions(ctx, r, v.viewer)
	for _, other := range all {
		if other.ID() != r.ID() {
			out = append(out, version{clients.URI(other.ID()), string(other.Lang()), other.Headline(), itemsURL + "/" + string(other.ID())})
		}
	}
	return out, err
}

// picture gives a picture to those who have its story.
func (t *Ticker) picture(w http.ResponseWriter, r *http.Request, v visit) error {
	all, err := t.releases(r.Context(), v, r.PathValue("id"))
	if err != nil {
		return err
	}
	id := r.PathValue("picture")
	rend, has := all[len(all)-1].Rendition()
	width, wrong := strconv.Atoi(r.PathValue("width"))
	if !has || t.Pictures == nil || !slices.Contains(rend.Pictures(), id) || wrong != nil || width < 1 {
		return fault.NotFound("the picture")
	}
	file, kind, err := t.Pictures.Open(id, width)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}
