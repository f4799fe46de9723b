package portal

import (
	"context"
	"net/http"
	"time"

	"wireroom/clients"
	"wireroom/web/words"
)

const (
	useURL  = "/wire/use"
	keepUse = time.Minute
)

// used is a day.
type used struct {
	Day   string
	Cells []string
}

func (p *Portal) use(w http.ResponseWriter, v *visit) error {
	all, err := p.Clients.UsesOf(v.r.Context(), v.client.ID)
	if err != nil {
		return err
	}
	page := struct {
		frame
		Heads []string
		Rows  []used
	}{frame: v.frame(v.T("use"))}
	for _, u := range clients.Uses {
		page.Heads = append(page.Heads, v.T("use-"+string(u)))
	}
	for _, day := range all {
		page.Rows = append(page.Rows, used{words.Day(v.lang, day.Day), day.Amounts()})
	}
	return p.show(w, http.StatusOK, "use", "page", page)
}

// KeepUse writes down each minute what clients took, until the context ends.
func (p *Portal) KeepUse(ctx context.Context) {
	every := time.NewTicker(keepUse)
	defer every.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-every.C:
		}
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		if err := p.Clients.KeepUses(last); err != nil {
			p.Log.Error("what clients use is not kept", "error", err)
		}
		stop()
	}
}
