package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"wireroom/agency"
	"wireroom/audience"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// writing is how long before it was sent a story was begun.
const writing = 35 * time.Minute

// Fill founds the agency in a folder where there is none and plays its three
// weeks up to now, each act by the person and at the time that it belongs to.
func Fill(ctx context.Context, c agency.Config, now time.Time) (err error) {
	a, err := Load(now)
	if err != nil {
		return err
	}
	if err := agency.FoundAs(ctx, c, a.House.masthead()); err != nil {
		return err
	}
	p := &player{agency: a, now: now, people: map[string]staff.Person{}, groups: map[string]*Story{}, sent: map[*Story]story.Story{}, topics: map[string]string{}}
	if p.house, err = agency.Open(ctx, c, agency.Options{Now: func() time.Time { return p.now }}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.house.Close()) }()
	for _, step := range []func(context.Context) error{p.hire, p.subscribe, p.paint, p.copy, p.know, p.play, p.quote, p.plan, p.arrive, p.letters, p.sell} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (h House) masthead() masthead.Masthead {
	m := masthead.Masthead{Name: h.Name, Names: h.Names, Languages: h.Languages, Zone: h.Zone, ZoneName: h.Zone.String(), Readers: h.Readership}
	for _, s := range h.Sections {
		m.Sections = append(m.Sections, masthead.Section{ID: s.ID, Labels: s.Labels, Topic: s.Topic})
	}
	for _, p := range h.Plans {
		m.Plans = append(m.Plans, masthead.Plan{ID: p.ID, Names: p.Names, Notices: p.Notices, About: p.About, Prices: p.Prices, Trial: p.Trial})
	}
	return m
}

// player plays the timeline. Its clock stands at the moment that is played.
type player struct {
	agency   Agency
	house    *agency.Agency
	now      time.Time
	people   map[string]staff.Person
	groups   map[string]*Story // the original of each
	pictures map[string]string
	topics   map[string]string // ids by address
	sent     map[*Story]story.Story
}

func (p *player) hire(ctx context.Context) error {
	own := p.agency.House.Languages[0]
	for _, who := range p.agency.Staff {
		person, err := p.house.Staff.Add(ctx, staff.Person{Name: who.Names[own], Email: who.Email, Role: staff.Role(who.Role)})
		if err != nil {
			return err
		}
		p.people[who.Key] = person
	}
	return nil
}

func (p *player) subscribe(ctx context.Context) error {
	for _, who := range p.agency.Readers {
		r, err := p.house.Readers.Add(ctx, who.Name)
		if err != nil {
			return err
		}
		if err := p.house.Readers.Grant(ctx, r.ID, audience.Pass{Plan: who.Plan, Until: who.Until}); err != nil {
			return err
		}
	}
	return nil
}

// paint draws the pictures that the stories show, all at once.
func (p *player) paint(ctx context.Context) error {
	names := p.shown()
	ids, errs := make([]string, len(names)), make([]error, len(names))
	var painters sync.WaitGroup
	for i, name := range names {
		painters.Go(func() { ids[i], errs[i] = p.keep(name) })
	}
	painters.Wait()
	p.pictures = map[string]string{}
	for i, name := range names {
		p.pictures[name] = ids[i]
	}
	return errors.Join(append(errs, ctx.Err())...)
}

func (p *player) keep(name string) (string, error) {
	png, err := Picture(name)
	if err != nil {
		return "", err
	}
	kept, err := p.house.Pictures.Add(bytes.NewReader(png))
	return kept.ID, err
}

// shown are the names of the pictures in all stories, each once.
func (p *player) shown() []string {
	var names []string
	seen := map[string]bool{}
	for _, m := range p.agency.Timeline() {
		for _, b := range m.content().Body.Blocks {
			if b.Type == story.PictureNode && !seen[b.Attrs.Picture] {
				seen[b.Attrs.Picture] = true
				names = append(names, b.Attrs.Picture)
			}
		}
	}
	return names
}

func (m Moment) content() story.Content {
	if m.Event != nil {
		return m.Event.Content
	}
	return m.Story.Content
}

func (p *player) play(ctx context.Context) error {
	for _, m := range p.agency.Timeline() {
		act := p.begin
		if m.Event != nil {
			act = p.follow
		}
		if err := act(ctx, m); err != nil {
			return fmt.Errorf("%s in %s: %w", m.Story.Group, m.Story.Lang, err)
		}
	}
	return nil
}

// begin writes a story and takes it as far as it came.
func (p *player) begin(ctx context.Context, m Moment) error {
	s, stories := m.Story, p.house.Stories
	author, editor := p.people[s.Author], p.people[s.Editor]
	c := p.tied(s.Content)
	p.now = m.At.Add(-writing)
	st, err := p.write(ctx, author, s, c)
	if err != nil {
		return err
	}
	p.now = m.At
	switch s.State {
	case InEdit:
		st, err = stories.Submit(ctx, author, st.ID)
	case Ready:
		st, err = stories.Ready(ctx, editor, st.ID)
	case Spiked:
		st, err = stories.Spike(ctx, editor, st.ID)
	case Sent:
		st, err = stories.Release(ctx, editor, st.ID, st.Revision)
	}
	if err == nil && s.Pin > 0 {
		st, err = stories.Pin(ctx, editor, st.ID, s.Pin)
	}
	p.sent[s] = st
	return err
}

// tied is a content with its pictures and topics by their ids.
func (p *player) tied(c story.Content) story.Content {
	c.Body = Pictured(c.Body, p.pictures)
	var ids []string
	for _, address := range c.Topics {
		ids = append(ids, p.topics[address])
	}
	c.Topics = ids
	return c
}

// write begins a story, or translates the one of its group that stands.
func (p *player) write(ctx context.Context, author staff.Person, s *Story, c story.Content) (story.Story, error) {
	stories, original := p.house.Stories, p.groups[s.Group]
	if original == nil {
		p.groups[s.Group] = s
		return stories.Create(ctx, author, s.Lang, "", c)
	}
	if p.now.Before(original.At) {
		p.now = original.At
	}
	st, err := stories.Translate(ctx, author, p.sent[original].ID, s.Lang)
	if err != nil {
		return st, err
	}
	return stories.Revise(ctx, author, st.ID, st.Revision, c)
}

// follow plays what happened to a story after it was sent.
func (p *player) follow(ctx context.Context, m Moment) error {
	st, e, stories := p.sent[m.Story], m.Event, p.house.Stories
	by := p.people[m.Story.Editor]
	p.now = m.At
	var err error
	switch e.Kind {
	case Hold:
		st, err = stories.Hold(ctx, by, st.ID, e.Note)
	case Kill:
		st, err = stories.Kill(ctx, by, st.ID, story.Say(e.Note))
	case Agree:
		st, err = p.agree(ctx, by, st)
	default:
		c := p.tied(e.Content)
		if st, err = stories.Revise(ctx, by, st.ID, st.Revision, c); err != nil {
			return err
		}
		if e.Kind == Correct {
			st, err = stories.Correct(ctx, by, st.ID, st.Revision, story.Say(e.Note))
		} else {
			st, err = stories.Update(ctx, by, st.ID, st.Revision, e.Note)
		}
		if err == nil && st.Origin != "" {
			st, err = p.agree(ctx, by, st)
		}
	}
	p.sent[m.Story] = st
	return err
}

// agree says that a translation has what its original has by then.
func (p *player) agree(ctx context.Context, by staff.Person, st story.Story) (story.Story, error) {
	st, err := p.house.Stories.Get(ctx, st.ID)
	if err != nil {
		return st, err
	}
	return p.house.Stories.Agree(ctx, by, st.ID, st.OriginTarget())
}
