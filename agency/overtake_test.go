package agency_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/bulletin/channel"
	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/db/dbtest"
	"wireroom/mail/mailtest"
	"wireroom/reveal"
	"wireroom/sources"
	"wireroom/story"
	"wireroom/wire"
)

// What waits while the correction and the kill go out: older stories, and the
// endpoints for which each of them waits.
const (
	olderStories = 12
	slowSystems  = 12
)

// town is an agency with clients of every kind.
type town struct {
	*open
	box      *mailtest.Box
	telegram *telegram
	gate     gate
	formats  map[string]*system // what clients are brought, by format
	slow     []*system          // clients that have not had the older stories
	hangs    *system            // a client that never answers
	radio    clients.Client     // confirms by its API
	paper    clients.Client     // confirms by the link in the letter
	silent   clients.Client     // the one that hangs, and confirms nothing
	token    string             // of radio
	stream   *listener
	letters  []mailtest.Letter // that have come
}

// builds opens an agency in whose tray the files lie, the oldest first.
func builds(t *testing.T, c agency.Config, files ...string) *town {
	t.Helper()
	w := &town{box: mailtest.Open(t), telegram: chats(t), formats: map[string]*system{}}
	for key, value := range map[string]string{"outbound": "127.0.0.0/8", "mail": w.box.Addr, "mail_from": "wire@pozirk.example", "mail_tls": "none"} {
		if err := c.Set(key, value, "the test"); err != nil {
			t.Fatal(err)
		}
	}
	for n, file := range files {
		lays(t, filepath.Join(c.Data, c.Tray, "kurjer"), file, time.Now().Add(time.Duration(n)*time.Minute-time.Hour))
	}
	w.open = serve(t, c)
	t.Cleanup(func() { w.gate.opens() })
	w.engages()
	return w
}

// lays puts a copy of a file into a folder, as old as that.
func lays(t *testing.T, folder, file string, at time.Time) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err == nil {
		err = os.MkdirAll(folder, 0o750)
	}
	to := filepath.Join(folder, filepath.Base(file))
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err == nil {
		err = os.Chtimes(to, at, at)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// engages enters the clients and the channel.
func (w *town) engages() {
	t, whole := w.t, reveal.Selection{Full: true}
	contact := func(address string) func(*clients.Client) {
		return func(c *clients.Client) { c.Contact, c.Rate = address, 100_000 }
	}
	w.radio, w.paper = w.buys("Radio", whole, contact("")), w.buys("Paper", whole, contact("desk@paper.example"))
	w.silent = w.buys("Silent", whole, contact(""))
	many := w.buys("Many", whole, contact(""))
	letters := w.buys("Letters", reveal.Selection{Sections: []string{"economy"}, Full: true}, contact(""))
	for format, c := range map[string]clients.Client{"ninjs": w.radio, "newsml": w.paper, "nitf": many} {
		w.formats[format] = w.system(c, format)
	}
	for range slowSystems {
		w.slow = append(w.slow, w.system(many, ""))
	}
	w.hangs = w.system(w.silent, "")
	w.hangs.dead = true
	w.adds(push.Endpoint{Client: string(letters.ID), Way: push.Mail, Address: "wire@letters.example"})
	chief := w.editor
	m, err := w.Clients.Manager(w.Staff, chief)
	if err != nil {
		t.Fatal(err)
	}
	if w.token, err = m.MakeToken(t.Context(), w.radio.ID, ""); err != nil {
		t.Fatal(err)
	}
	_, err = w.Channels.Save(t.Context(), chief, channel.Channel{Lang: "en", Name: "Pozirk", Chat: "@pozirk", Token: "1:x", Base: w.telegram.URL, Live: true}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	w.until("the stream runs", w.outletsFollow)
	w.stream = w.listens(w.token)
}

// comesIn has the tray looked through and gives the drafts, the oldest first.
func (w *town) comesIn(want int) (all []story.Story) {
	w.t.Helper()
	k, err := w.Sources.Keeper(w.Staff, w.editor)
	if err == nil {
		_, err = k.Save(w.t.Context(), sources.Source{Kind: sources.Folder, Name: "Kurjer", Address: "kurjer", Lang: "en", Section: "economy"})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.until("the files are drafts", func() bool {
		all, err = w.Stories.List(w.t.Context(), story.Filter{States: []story.State{story.Draft}})
		return err == nil && len(all) == want
	})
	for i := range all {
		if all[i], err = w.Stories.Get(w.t.Context(), all[i].ID); err != nil {
			w.t.Fatal(err)
		}
	}
	slices.SortFunc(all, func(a, b story.Story) int { return int(a.Number - b.Number) })
	return all
}

// sends is a person who sends the first of the drafts, and corrects it by the
// second.
func (w *town) sends(drafts []story.Story) story.Story {
	w.t.Helper()
	if head := w.head(); head != 0 {
		w.t.Fatalf("%d records went out before anybody sent one", head)
	}
	st, err := w.Stories.Release(w.t.Context(), w.editor, drafts[0].ID, drafts[0].Revision)
	if err != nil {
		w.t.Fatal(err)
	}
	w.until("each client has it in its format", func() bool { return w.each(func(s *system) bool { return s.has(1, "new") }) })
	w.until("it stands in the channel", func() bool { return w.telegram.has("sendMessage", st.Content.Headline) })
	w.gate.close()
	for n := range olderStories {
		w.send(story.Content{Headline: fmt.Sprintf("Older story %d", n)})
	}
	w.until("older stories wait", func() bool { return w.each((*system).isBusy) })
	if len(drafts) == 1 {
		return st
	}
	if !strings.Contains(drafts[1].Content.Note, "CORRECTION") {
		w.t.Errorf("the desk is not told that it is a correction: %q", drafts[1].Content.Note)
	}
	c := st.Content
	c.Headline, c.Body = drafts[1].Content.Headline, drafts[1].Content.Body
	if st, err = w.Stories.Revise(w.t.Context(), w.editor, st.ID, st.Revision, c); err == nil {
		st, err = w.Stories.Correct(w.t.Context(), w.editor, st.ID, st.Revision, story.Say("It was seventeen."))
	}
	if err != nil {
		w.t.Fatal(err)
	}
	n := w.head()
	w.until("the correction overtakes", func() bool {
		return w.each(func(s *system) bool { return s.has(n, "correction") }) && w.telegram.has("editMessageText", "It was seventeen.")
	})
	for format, s := range w.formats {
		if body := s.body(n); !strings.Contains(body, "Seventeen cranes") || !strings.Contains(body, "It was seventeen.") {
			w.t.Errorf("in %s the correction is %s", format, body)
		}
	}
	return st
}

// each reports whether something holds for each endpoint but the one that
// hangs.
func (w *town) each(holds func(*system) bool) bool {
	for _, s := range w.formats {
		if !holds(s) {
			return false
		}
	}
	return !slices.ContainsFunc(w.slow, func(s *system) bool { return !holds(s) })
}

func TestACorrectionFromAWireFileAndOurKillOvertakeAllThatWaits(t *testing.T) {
	ours := []string{"testdata/cranes-1.xml", "testdata/cranes-2.xml"}
	t.Run("sqlite", func(t *testing.T) { overtakes(t, agency.Defaults(t.TempDir()), ours...) })
	t.Run("postgres", func(t *testing.T) {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("db", dbtest.PostgresURL(t), "the test"); err != nil {
			t.Fatal(err)
		}
		overtakes(t, c, ours...)
	})
	t.Run("reuters", func(t *testing.T) {
		dir := os.Getenv("WIREROOM_TESTDATA")
		if dir == "" {
			t.Skip("NOT TRIED: set WIREROOM_TESTDATA to the folder of real data")
		}
		overtakes(t, agency.Defaults(t.TempDir()), filepath.Join(dir, "wire-fixtures", "tag_reuters.com_2016_newsml_L1N14N0FF_version_978556838"))
	})
}

func overtakes(t *testing.T, c agency.Config, files ...string) {
	w := builds(t, c, files...)
	st := w.sends(w.comesIn(len(files)))
	words := strings.Fields(st.Content.Headline)[0]
	status, found := w.asks("/wire/v1/items?q="+words, w.token)
	if status != http.StatusOK || !strings.Contains(found, st.Content.Headline) {
		t.Fatalf("a search gives %d %s", status, found)
	}
	if _, err := w.Stories.Kill(t.Context(), w.editor, st.ID, story.Say("Not one came.")); err != nil {
		t.Fatal(err)
	}
	n := w.head()
	w.until("the kill overtakes", func() bool { return w.each(func(s *system) bool { return s.has(n, "kill") }) })
	if len(w.hangs.all()) == 0 {
		t.Error("who hangs was not tried")
	}
	w.untilGone(st, n)
	if !w.each(func(s *system) bool { return s.count("Older story") == 0 }) {
		t.Error("what waited came before the kill")
	}
	for format, s := range w.formats {
		if body := s.body(n); !strings.Contains(body, "Not one came.") || strings.Contains(body, st.Content.Headline) {
			t.Errorf("in %s the kill is %s", format, body)
		}
	}
	w.confirms(n)
	w.gate.opens()
	w.goesOn()
	w.until("what waited comes", func() bool {
		return w.each(func(s *system) bool { return s.count("Older story") >= olderStories })
	})
	w.each(func(s *system) bool { s.inOrder(n, st.Content.Headline); return true })
}

// goesOn has what failed meanwhile be tried at once.
func (w *town) goesOn() {
	all, err := w.Endpoints.All(w.t.Context())
	for _, e := range all {
		if err == nil {
			err = w.Endpoints.Pause(w.t.Context(), e.Client, e.ID, false)
		}
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// untilGone waits until the story is nowhere, and its kill everywhere.
func (w *town) untilGone(st story.Story, n wire.Number) {
	w.t.Helper()
	headline := st.Content.Headline
	w.until("the page says why it is gone", func() bool {
		status, body := w.get(w.storyURL(st))
		return status == http.StatusGone && strings.Contains(body, "Not one came.") && !strings.Contains(body, headline)
	})
	for _, at := range []string{"/en/rss.xml", "/en/atom.xml", "/en/feed.json", "/en/economy/rss.xml", "/en/latest", "/en/", "/news-sitemap.xml"} {
		w.until(at+" is without it", func() bool {
			status, body := w.get(w.url + at)
			return status == http.StatusOK && !strings.Contains(body, headline)
		})
	}
	w.until("it is taken out of the channel", func() bool { return w.telegram.has("deleteMessage", `"message_id":1`) })
	w.until("the stream tells it", func() bool { return w.stream.has(n, "kill") })
	status, found := w.asks("/wire/v1/items?q="+strings.Fields(headline)[0], w.token)
	if status != http.StatusOK || strings.Contains(found, headline) || !strings.Contains(found, "Not one came.") {
		w.t.Errorf("a search gives %d %s", status, found)
	}
	w.until("the list has a letter that people can read", func() bool {
		text := w.letter("wire@letters.example", "KILL")
		return strings.Contains(text, "Not one came.") && !strings.ContainsAny(text, "\x01\x02\x03\x04")
	})
}

var receiptLink = regexp.MustCompile(`/wire/receipts/[A-Za-z0-9_-]+`)

// confirms gives the receipts of a kill, each in its way, and looks who has
// not.
func (w *town) confirms(n wire.Number) {
	t := w.t
	w.until("a receipt is asked for", func() bool { return w.posted("desk@paper.example", "KILL") })
	link := receiptLink.FindString(w.letter("desk@paper.example", "KILL"))
	answer, err := http.Post(w.url+link, "application/x-www-form-urlencoded", nil)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %v: %v", link, answer, err)
	}
	_ = answer.Body.Close()
	r, err := http.NewRequest(http.MethodPost, w.url+"/wire/v1/receipts", strings.NewReader(fmt.Sprintf(`{"number": %d}`, n)))
	if err != nil {
		t.Fatal(err)
	}
	if status, body := w.does(r, w.token); status != http.StatusOK {
		t.Errorf("a receipt is answered by %d %s", status, body)
	}
	ways := map[clients.ID]clients.Way{w.radio.ID: clients.ByAPI, w.paper.ID: clients.ByLetter, w.silent.ID: ""}
	w.until("the board shows who has confirmed and who has not", func() bool {
		all, err := w.Clients.Receipts(t.Context(), n, n)
		right := 0
		for _, r := range all {
			if way, asked := ways[r.Client]; asked && r.Way == way && r.Confirmed.IsZero() == (way == "") {
				right++
			}
		}
		return err == nil && right == len(ways)
	})
}

func (w *town) adds(e push.Endpoint) {
	w.t.Helper()
	if _, err := w.Endpoints.Add(w.t.Context(), e); err != nil {
		w.t.Fatal(err)
	}
}
