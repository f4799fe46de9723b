package agency_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/audience"
	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/alert/envelope"
	"wireroom/db"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// invented is a reader whom the test makes up, with all that they know and
// bring along.
type invented struct {
	id, email, number, words, code string
	letter, session, payment       string
	machine, browser, page         string
	endpoint                       string
}

const crowd = 200

// whole is a folder with an agency whose readers have come, signed in, used
// codes and read; its backups and its log lie in it too.
type whole struct {
	*open
	people []invented
	locked story.Story
}

// lives has the readers come through handler, which is the agency's own.
func lives(t *testing.T, c agency.Config, through func(http.Handler) http.Handler) whole {
	t.Helper()
	o := serve(t, c)
	site := httptest.NewServer(through(o.Handler()))
	defer site.Close()
	w := whole{open: o, locked: o.send(story.Content{Headline: "Council meets", Plan: "pozirk-plus"})}
	w.must(o.Alerts.SetRule(t.Context(), o.editor, alert.Rule{Lang: "en", Live: true, Urgency: 9}))
	var codes []string
	w.must(o.DB.Do(t.Context(), func(tx *db.Tx) (err error) {
		_, codes, err = o.Readers.NewPartner(t.Context(), tx, "Friends", "pozirk-plus", 30, crowd)
		return err
	}))
	for n := range crowd {
		w.people = append(w.people, w.comes(site.URL, n, codes[n]))
	}
	w.waitsForLetters()
	w.waitsForAlerts()
	w.keepsFiles()
	return w
}

// waitsForLetters has those with an address choose a bulletin whose issue is
// under way when the machine is taken.
func (w *whole) waitsForLetters() {
	w.t.Helper()
	ctx := w.t.Context()
	chief := staff.Person{ID: "chief", Role: staff.Chief}
	_, err := w.Letters.Add(ctx, chief, bulletin.Bulletin{ID: "alerts-en", Lang: "en", Name: "Alerts", Live: true, Rules: bulletin.Rules{AtOnce: true, Most: 1}})
	w.must(err)
	for _, p := range w.people {
		if p.number == "" {
			w.must(w.Readers.Choose(ctx, p.id, []string{"alerts-en"}))
			follow := audience.Follow{Aim: audience.Aim{Kind: audience.AimSearch, Key: "roads", Lang: "en"}, Name: "roads", Rhythm: audience.Daily}
			w.must(w.Readers.Follow(ctx, p.id, follow, 0))
		}
	}
	w.send(story.Content{Headline: "Roads close"})
	head, err := w.Wire.Head(ctx)
	w.must(err)
	made, err := w.Letters.AtOnce(ctx, head)
	w.must(err)
	if !made {
		w.t.Fatal("nobody waits for a letter")
	}
	records, err := w.Wire.After(ctx, head-1, 1)
	w.must(err)
	w.must(w.Teller(nil).Cut(ctx, records[0]))
}

// waitsForAlerts has an alert wait for every browser when the machine is taken.
func (w *whole) waitsForAlerts() {
	w.t.Helper()
	ctx := w.t.Context()
	w.send(story.Content{Headline: "Bridges close", Urgency: 1})
	head, err := w.Wire.Head(ctx)
	w.must(err)
	records, err := w.Wire.After(ctx, head-1, 1)
	w.must(err)
	w.must(w.Ringer().Deliver(ctx, records[0]))
}

// comes lets one reader in: every second by number, the others by a letter.
func (w *whole) comes(site string, n int, code string) invented {
	w.t.Helper()
	ctx := w.t.Context()
	p := invented{
		email: fmt.Sprintf("reader.%04d@canary.example", n), code: code,
		machine: fmt.Sprintf("127.77.%d.%d", 100+n/100, 100+n%100), browser: fmt.Sprintf("Canary-Browser/%04d", n), page: fmt.Sprintf("canary-page-%04d", n),
	}
	if n%2 == 0 {
		_, keys, err := w.Readers.OpenByNumber(ctx, "en")
		w.must(err)
		p.number, p.words = keys.Number, keys.Words
		p.session, err = w.Readers.SignInByNumber(ctx, keys.Number)
		w.must(err)
	} else {
		asked, err := w.Readers.Ask(ctx, p.email, "en")
		w.must(err)
		p.letter = asked.Token
		p.session, err = w.Readers.AnswerLink(ctx, asked.Token, asked.Browser)
		w.must(err)
	}
	who, _, err := w.Readers.BySession(ctx, p.session)
	w.must(err)
	p.id = who.ID
	_, _, err = w.Readers.Redeem(ctx, p.id, code)
	w.must(err)
	if n%4 < 2 {
		p.payment = w.pays(p.id, n)
	}
	if n%5 == 0 {
		w.pays("", n+crowd)
	}
	p.endpoint = fmt.Sprintf("https://updates.push.services.mozilla.com/wpush/v2/canary-endpoint-%04d", n)
	w.isRung(p)
	w.reads(site, p)
	return p
}

// isRung switches a reader's alerts on.
func (w *whole) isRung(p invented) {
	w.t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	w.must(err)
	auth := make([]byte, envelope.AuthSize)
	_, _ = rand.Read(auth)
	w.must(w.Alerts.Keep(w.t.Context(), alert.Browser{Endpoint: p.endpoint, Browser: envelope.Browser{Key: key.PublicKey().Bytes(), Auth: auth}, Choice: alert.Choice{Lang: "en"}}))
}

// pays buys a plan for a reader, or for "" a present, and gives the till's name
// of the payment.
func (w *whole) pays(reader string, n int) string {
	w.t.Helper()
	const window = 30
	payment := fmt.Sprintf("canary_payment_%04d", n)
	price := masthead.Price{Currency: "EUR", Amount: 500, Days: 30}
	order, _, err := w.Readers.Begin(w.t.Context(), audience.NewOrder{Reader: reader, Plan: "pozirk-plus", Price: price, Till: "canary"})
	w.must(err)
	w.must(w.Readers.Tell(w.t.Context(), window, audience.Fact{Order: order.ID, Kind: audience.FactPaid, Payment: payment, Day: time.Now(), Amount: 500}))
	return payment
}

func (w *whole) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// reads asks for a page from the reader's own machine, and for one that breaks.
func (w *whole) reads(site string, p invented) {
	w.t.Helper()
	from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(p.machine)}}
	client := http.Client{Transport: &http.Transport{DialContext: from.DialContext, DisableKeepAlives: true}}
	for _, path := range []string{fmt.Sprintf("/en/news/%d?from=%s", w.locked.Number, p.page), "/en/news/x?" + p.page, "/en/" + p.page} {
		r, err := http.NewRequest(http.MethodGet, site+path, nil)
		w.must(err)
		r.Header.Set("User-Agent", p.browser)
		r.Header.Set("Referer", "https://example.org/"+p.page)
		r.AddCookie(&http.Cookie{Name: "reader", Value: p.session})
		answer, err := client.Do(r)
		w.must(err)
		w.must(answer.Body.Close())
	}
}

// keepsFiles writes the log and a backup into the folder and takes what is past
// out of the database's files.
func (w *whole) keepsFiles() {
	w.t.Helper()
	w.must(w.DB.Settle(w.t.Context()))
	_, err := w.Backup(context.Background(), filepath.Join(w.Config.Data, "backup.zip"))
	w.must(err)
	w.must(os.WriteFile(filepath.Join(w.Config.Data, "wireroom.log"), []byte(w.log.String()), 0o600))
}

// secret is the key of all hashes, which lies in the tables.
func (w *whole) secret() []byte {
	w.t.Helper()
	var text string
	w.must(w.DB.QueryRow(w.t.Context(), `SELECT value FROM reader_key WHERE name = 'secret'`).Scan(&text))
	secret, err := base64.StdEncoding.DecodeString(text)
	w.must(err)
	return secret
}

// kinds are what docs/privacy.md calls the things that a reader knows.
var kinds = []struct {
	name string
	of   func(invented) string
}{
	{"e-mail address", func(p invented) string {
		if p.number != "" {
			return ""
		}
		return p.email
	}},
	{"account number", func(p invented) string { return p.number }},
	{"recovery words", func(p invented) string { return p.words }},
	{"code that was used", func(p invented) string { return p.code }},
	{"session of a device", func(p invented) string { return p.session }},
	{"payment at the till", func(p invented) string { return p.payment }},
	{"code in a letter", func(p invented) string { return p.letter }},
	{"where a browser is rung", func(p invented) string { return p.endpoint }},
	{"machine's address", func(p invented) string { return p.machine }},
	{"browser", func(p invented) string { return p.browser }},
	{"page that was read", func(p invented) string { return p.page }},
}

// seize looks for everything everywhere and tells what it finds.
func (w *whole) seize() []string {
	w.t.Helper()
	found, secret := evidence(w.t, w.Config.Data), w.secret()
	var all []wanted
	for _, kind := range kinds {
		for _, p := range w.people {
			text := kind.of(p)
			if text == "" {
				continue
			}
			for form, some := range disguises(text, secret) {
				for _, s := range some {
					all = append(all, wanted{kind.name, form, s})
				}
			}
		}
	}
	seen := hunt(found, all)
	opened := unsealed(w.t, found, w.Config.KeyFile())
	for _, p := range w.people {
		if opened[p.email] {
			note(seen, "e-mail address", sealedUp)
		}
		for text := range opened {
			if strings.Contains(text, p.endpoint) {
				note(seen, "where a browser is rung", sealedUp)
			}
		}
	}
	var said []string
	for _, kind := range kinds {
		said = append(said, told(kind.name, seen[kind.name]))
	}
	return said
}

var row = regexp.MustCompile(`(?m)^\| ([^|]+?) \| ([^|]+?) \|(?: ([^|]+?) \|)?$`)

// written reads a table of docs/privacy.md between two marks.
func written(t *testing.T, mark string) [][]string {
	t.Helper()
	doc, err := os.ReadFile("../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(doc), "<!-- "+mark+" -->")
	table, _, closed := strings.Cut(rest, "<!-- /"+mark+" -->")
	if !ok || !closed {
		t.Fatalf("docs/privacy.md has no table %q", mark)
	}
	var rows [][]string
	for _, m := range row.FindAllStringSubmatch(table, -1)[1:] {
		if !strings.HasPrefix(m[1], "---") {
			rows = append(rows, m[1:])
		}
	}
	return rows
}

func same(h http.Handler) http.Handler { return h }

func TestASeizedDiskTellsWhatIsWrittenAndNoMore(t *testing.T) {
	w := lives(t, agency.Defaults(t.TempDir()), same)
	var want []string
	for _, r := range written(t, "seized") {
		want = append(want, r[0]+": "+r[1])
	}
	if got := w.seize(); !slices.Equal(got, want) {
		t.Errorf("the disk tells\n  %s\nbut docs/privacy.md says\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	w.tellsNoOrder()
	w.joins()
}

// An agency whose web server keeps a log of who asks for what has broken the
// promise, and the search must see it.
func TestAnAccessLogIsFound(t *testing.T) {
	c := agency.Defaults(t.TempDir())
	logged := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			f, err := os.OpenFile(filepath.Join(c.Data, "access.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
			if err == nil {
				_, err = fmt.Fprintf(f, "%s %s %q\n", r.RemoteAddr, r.RequestURI, r.UserAgent())
			}
			if err != nil {
				t.Error(err)
			}
			_ = f.Close()
			h.ServeHTTP(rw, r)
		})
	}
	w := lives(t, c, logged)
	said := strings.Join(w.seize(), "\n")
	for _, kind := range []string{"machine's address", "browser", "page that was read"} {
		if !strings.Contains(said, kind+": "+inClear) {
			t.Errorf("the %s in the log is not found:\n%s", kind, said)
		}
	}
}
