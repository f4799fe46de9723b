package hub

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// FuzzAsk has strangers ask for whatever they like: what is kept is one of our
// feeds, for an address that can be reached, for a lease of ours.
func FuzzAsk(f *testing.F) {
	ask := func(mode, topic, callback, secret, lease string) string {
		return url.Values{"hub.mode": {mode}, "hub.topic": {topic}, "hub.callback": {callback}, "hub.secret": {secret}, "hub.lease_seconds": {lease}}.Encode()
	}
	f.Add(ask("subscribe", topic, "http://127.0.0.1:8080/a", "s", "86400"))
	f.Add(ask("unsubscribe", topic, "http://127.0.0.1:8080/a?b=c", "", ""))
	f.Add(ask("subscribe", topic+"?x", "http://169.254.169.254/", "", "-1"))
	f.Add(ask("subscribe", base+"/en/../en/rss.xml", "http://127.0.0.1:8080/%00", strings.Repeat("s", mostSecret+1), "99999999999999999999"))
	f.Add(ask("subscribe subscribe", topic+"#", "javascript:alert(1)", "\x00", "0x10"))
	f.Add("hub.mode=subscribe&hub.mode=unsubscribe&hub.topic=%ff&hub.callback=//")
	d := dbtest.SQLite(f)
	r := &room{at: time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC), text: "feed"}
	c, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.0/8"}})
	if err != nil {
		f.Fatal(err)
	}
	r.Hub = New(Options{DB: d, Courier: c, Base: func() string { return base }, Now: func() time.Time { return r.at }, Log: slog.New(slog.DiscardHandler),
		Feed: func(_ context.Context, path string) ([]byte, string, error) {
			if path != "/en/rss.xml" {
				return nil, "", fault.NotFound("the feed")
			}
			return []byte(r.text), "application/rss+xml", nil
		}})
	f.Fuzz(func(t *testing.T, form string) {
		q, err := url.ParseQuery(form)
		if err != nil {
			return
		}
		asked := Request{Mode: q.Get("hub.mode"), Topic: q.Get("hub.topic"), Callback: q.Get("hub.callback"), Secret: q.Get("hub.secret"), Lease: q.Get("hub.lease_seconds")}
		err = r.Ask(t.Context(), asked)
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) && !fault.Is(err, fault.KindConflict) && !fault.Is(err, fault.KindForbidden) {
				t.Fatalf("%+v is answered %v", asked, err)
			}
			return
		}
		rows, err := d.Query(t.Context(), columns)
		if err != nil {
			t.Fatal(err)
		}
		all, err := db.Collect(rows, "read the listeners", scan)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v leaves %+v, %v", asked, all, err)
		}
		l := all[0]
		mode, secret, _ := strings.Cut(l.asked, " ")
		if l.topic != "/en/rss.xml" || l.callback != asked.Callback || secret != asked.Secret || !slices.Contains([]string{"subscribe", "unsubscribe"}, mode) || !l.until.IsZero() {
			t.Errorf("%+v is kept as %+v", asked, l)
		}
		if lasts := time.Duration(l.lease) * time.Second; lasts < leastLease || lasts > mostLease {
			t.Errorf("%+v is kept for %v", asked, lasts)
		}
		if text := l.callback + l.asked; !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Errorf("%+v is kept as %q, which PostgreSQL cannot", asked, text)
		}
		if u, err := url.Parse(l.callback); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			t.Errorf("%+v would be called at %q", asked, l.callback)
		}
		if err := r.exec(t.Context(), `DELETE FROM hub_listener`); err != nil {
			t.Fatal(err)
		}
	})
}
