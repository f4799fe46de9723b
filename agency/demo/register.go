package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/story"
)

// knownOne is somebody, a place or a topic, as register.toml has it.
type knownOne struct {
	Kind    register.Kind
	Slug    string
	Names   map[story.Lang]string
	Aliases []string
	Role    []struct {
		Ago, Until int // years back; 0 is not known, and still
		Texts      map[story.Lang]string
	}
}

func loadRegister() ([]knownOne, error) {
	var f struct{ Entry []knownOne }
	err := decode("register.toml", &f)
	return f.Entry, err
}

func (k knownOne) facts(now time.Time) register.Facts {
	ago := func(years int) register.Moment {
		if years == 0 {
			return ""
		}
		return register.Moment(strconv.Itoa(now.Year() - years))
	}
	f := register.Facts{Slug: k.Slug, Names: k.Names, Aliases: k.Aliases, Public: true}
	for _, r := range k.Role {
		f.Roles = append(f.Roles, register.Role{Texts: r.Texts, From: ago(r.Ago), To: ago(r.Until)})
	}
	return f
}

// know has the chief fill the register, and put on record what people in it say
// beyond doubt.
func (p *player) know(ctx context.Context) error {
	entries, err := loadRegister()
	if err != nil {
		return err
	}
	chief := p.people["hanna"]
	p.now = p.agency.Timeline()[0].At.Add(-writing)
	for _, k := range entries {
		e, err := p.house.Register.Add(ctx, chief, k.Kind, k.facts(p.now))
		if err != nil {
			return fmt.Errorf("register.toml: %s: %w", k.Slug, err)
		}
		if k.Kind == register.Topic {
			p.topics[k.Slug] = string(e.ID)
		}
	}
	return nil
}

// quote has the chief confirm the quotations that are certain, of people in the
// register.
func (p *player) quote(ctx context.Context) error {
	book, err := p.house.Register.Book(ctx)
	if err != nil {
		return err
	}
	for _, st := range p.sent {
		if st, err = p.house.Stories.Get(ctx, st.ID); err != nil {
			return err
		}
		if record.May(p.people["hanna"], st) != nil {
			continue
		}
		for _, q := range record.Proposals(st) {
			if who, ok := book.Is(register.Person, q.Who); ok && q.Certain {
				if err := p.house.Record.Confirm(ctx, p.people["hanna"], st.ID, q.Text, q.Who, who.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
