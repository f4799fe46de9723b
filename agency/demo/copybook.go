package demo

import (
	"context"
	"fmt"

	"wireroom/copybook"
	"wireroom/story"
)

// loadCopybook reads what the desk writes again and again.
func loadCopybook() ([]copybook.Text, error) {
	var f struct {
		Text []struct {
			Kind                        copybook.Kind
			Lang                        story.Lang
			Name, Topic, Headline, Body string
		}
	}
	if err := decode("copybook.toml", &f); err != nil {
		return nil, err
	}
	var all []copybook.Text
	for _, t := range f.Text {
		body, err := parse(t.Body)
		if err != nil {
			return nil, fmt.Errorf("copybook.toml: %s: %w", t.Name, err)
		}
		all = append(all, copybook.Text{Kind: t.Kind, Lang: t.Lang, Name: t.Name, Topic: t.Topic, Headline: t.Headline, Body: body})
	}
	return all, nil
}

// copy has the chief write the copybook before the first story.
func (p *player) copy(ctx context.Context) error {
	texts, err := loadCopybook()
	if err != nil {
		return err
	}
	chief := p.people["hanna"]
	p.now = p.agency.Timeline()[0].At.Add(-writing)
	for _, t := range texts {
		if _, err := p.house.Copybook.Add(ctx, chief, t); err != nil {
			return fmt.Errorf("copybook.toml: %s: %w", t.Name, err)
		}
	}
	return nil
}
