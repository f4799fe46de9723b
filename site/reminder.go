package site

import (
	"context"

	"wireroom/audience"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/web/words"
)

// Remind sends the letters that are due before a plan ends and after a renewal
// was not paid, in their readers' languages. Without mail or a public address
// it sends none.
func (s *Site) Remind(ctx context.Context) error {
	house := s.Masthead()
	if s.Mail == nil || house.PublicURL == "" {
		return nil
	}
	due, err := s.Readers.Reminders(ctx)
	if err != nil {
		return err
	}
	for _, d := range due {
		if err := s.Readers.Reminded(ctx, d); err != nil {
			return err
		}
		if !s.carriers.take(s.reminder(house, d)) {
			return nil // too many wait; the rest of them goes next time
		}
	}
	return nil
}

func (s *Site) reminder(house masthead.Masthead, d audience.Reminder) mail.Letter {
	lang := d.Lang
	if !house.Has(masthead.Lang(lang)) {
		lang = s.ownLang()
	}
	name := d.Plan
	if p, ok := house.Plan(d.Plan); ok {
		name = p.Name(masthead.Lang(lang))
	}
	kind, link := "remind-end", pageURL(lang, "plus")
	if d.Failed {
		kind, link = "remind-failed", pageURL(lang, "plus/payments")
	}
	last := d.Until.Add(-1).In(house.Zone) // it ends with this day
	args := []any{"plan", name, "agency", house.Credit(masthead.Lang(lang)), "day", words.Day(lang, last), "link", house.PublicURL + link}
	return mail.Letter{To: d.Address, Subject: s.words.T(lang, kind+"-subject", args...), Text: s.words.T(lang, kind, args...)}
}
