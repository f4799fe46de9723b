package demo

import (
	"context"
	"fmt"
	"time"

	"wireroom/bulletin"
	"wireroom/story"
)

// loadBulletins reads what goes out by mail.
func loadBulletins() ([]bulletin.Bulletin, error) {
	var f struct {
		Bulletin []struct {
			ID, Name, At, Subject string
			Lang                  story.Lang
			Days                  []time.Weekday
			Most                  int
		}
	}
	if err := decode("bulletins.toml", &f); err != nil {
		return nil, err
	}
	var all []bulletin.Bulletin
	for _, b := range f.Bulletin {
		all = append(all, bulletin.Bulletin{ID: bulletin.ID(b.ID), Lang: b.Lang, Name: b.Name, Live: true,
			Rules: bulletin.Rules{At: b.At, Days: b.Days, Most: b.Most, Subject: b.Subject}})
	}
	return all, nil
}

// letters has the chief make the bulletins, once all is sent: their first
// issues tell of the last day and the last week.
func (p *player) letters(ctx context.Context) error {
	all, err := loadBulletins()
	if err != nil {
		return err
	}
	for _, b := range all {
		if _, err := p.house.Letters.Add(ctx, p.people["hanna"], b); err != nil {
			return fmt.Errorf("bulletins.toml: %s: %w", b.ID, err)
		}
	}
	return p.rings(ctx)
}

// rings has each edition offer alerts.
func (p *player) rings(ctx context.Context) error {
	rules, err := p.house.Alerts.Rules(ctx)
	for _, r := range rules {
		if r.Live = true; err == nil {
			err = p.house.Alerts.SetRule(ctx, p.people["hanna"], r)
		}
	}
	return err
}
