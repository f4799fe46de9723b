package agency

import (
	"context"

	"wireroom/courier"
	"wireroom/sources"
)

// goOut makes the courier, and the rooms that send it out.
func (a *Agency) goOut() error {
	var err error
	a.courier, err = courier.New(courier.Settings{Allowed: a.Config.Outbound, Agent: a.agent})
	if err != nil {
		return err
	}
	a.Sources = sources.New(a.DB, a.courier, a.now)
	return nil
}

// watchSources makes drafts of what others publish until the context ends.
func (a *Agency) watchSources(ctx context.Context) {
	sources.Open(sources.Options{Store: a.Sources, Stories: a.Stories, Tray: a.Config.inFolder(a.Config.Tray), Log: a.Log}).Run(ctx)
}

// agent is how we name ourselves, so that whoever minds being asked knows whom
// to tell.
func (a *Agency) agent() string {
	m := a.house.current.Load()
	if m == nil || m.PublicURL == "" {
		return "Wireroom"
	}
	return "Wireroom (+" + m.PublicURL + ")"
}
