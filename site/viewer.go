package site

import (
	"context"
	"net/http"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/reveal"
)

// sessionLife is how long a browser keeps the cookie; the session itself may
// end before.
const sessionLife = 30 * 24 * time.Hour

// cookieName is the reader's only cookie. Its prefix has browsers refuse it
// from anybody but this host over https.
func (s *Site) cookieName() string {
	if s.Secure() {
		return "__Host-reader"
	}
	return "reader"
}

func (s *Site) cookie(session string, age time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(), Value: session, Path: "/", MaxAge: int(age / time.Second),
		HttpOnly: true, Secure: s.Secure(), SameSite: http.SameSiteLaxMode,
	}
}

// session is the reader's session in the request; "" is none.
func (s *Site) session(r *http.Request) string {
	if len(r.Header["Cookie"]) == 0 {
		return ""
	}
	c, err := r.Cookie(s.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// guest is who asks and what they hold.
type guest struct {
	reader audience.Reader
	passes []audience.Pass
	signed bool     // with a session that counts, whatever it still opens
	left   *counter // stories of the month that they may open; nil where that is not asked

	seatless bool // their company had no seat free when they signed in
	reveal.Viewer
}

// guest finds who asks; a session that is unknown or over is anonymous.
func (s *Site) guest(ctx context.Context, session string) (guest, error) {
	if session == "" {
		return guest{}, nil
	}
	reader, passes, err := s.Readers.BySession(ctx, session)
	if fault.Is(err, fault.KindNotFound) {
		return guest{}, nil
	}
	if err != nil {
		return guest{}, err
	}
	plans := make(map[string]time.Time, len(passes))
	for _, p := range passes {
		plans[p.Plan] = p.Until
	}
	return guest{reader: reader, passes: passes, signed: true, Viewer: reveal.Holder(plans, s.Now())}, nil
}
