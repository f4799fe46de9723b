package sources

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// room is the tray of an agency with a desk, by a clock that the test sets.
type room struct {
	*Tray
	t    *testing.T
	keep *Keeper
	at   time.Time
}

func open(t *testing.T, d *db.DB) *room {
	t.Helper()
	err := masthead.New(d).Found(t.Context(), masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "ru"}, ZoneName: "Europe/Minsk",
		Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics"}}, {ID: "economy", Labels: map[masthead.Lang]string{"en": "Economy"}}}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.0/8"}})
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, at: time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC)}
	now := func() time.Time { return r.at }
	r.Tray = Open(Options{Store: New(d, c, now), Stories: story.New(d, now), Tray: t.TempDir(), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	r.keep, err = r.Keeper(staff.New(d, now), staff.Person{ID: "chief", Role: staff.Chief})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *room) saves(s Source) Source {
	r.t.Helper()
	if s.Name == "" {
		s.Name = "BBC"
	}
	if s.Lang == "" {
		s.Lang = "en"
	}
	s, err := r.keep.Save(r.t.Context(), s)
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// looks has all that is due be looked at, and gives the source as it is then.
func (r *room) looks(s Source) Source {
	r.t.Helper()
	if err := r.LookDue(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	s, err := r.Source(r.t.Context(), s.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// drafts are the headlines of what the desk has.
func (r *room) drafts() (all []string) {
	r.t.Helper()
	for _, st := range r.list() {
		all = append(all, st.Content.Headline)
	}
	slices.Sort(all)
	return all
}

func (r *room) list() []story.Story {
	r.t.Helper()
	all, err := r.stories.List(r.t.Context(), story.Filter{})
	if err != nil {
		r.t.Fatal(err)
	}
	for i, st := range all {
		if all[i], err = r.stories.Get(r.t.Context(), st.ID); err != nil {
			r.t.Fatal(err)
		}
	}
	return all
}

// publisher is an agency with a feed.
type publisher struct {
	*httptest.Server
	asked   []http.Header
	answer  func(w http.ResponseWriter) bool // true is that all is said
	entries []string
}

func publishes(t *testing.T) *publisher {
	t.Helper()
	p := &publisher{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked = append(p.asked, r.Header)
		if p.answer != nil && p.answer(w) {
			return
		}
		tag := fmt.Sprintf(`"%d"`, len(p.entries))
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>BBC</title><language>en-GB</language>%s</channel></rss>`, strings.Join(p.entries, ""))
	}))
	t.Cleanup(p.Close)
	return p
}

func entry(id, headline, rest string) string {
	return `<item><guid>` + id + `</guid><title>` + headline + `</title><link>https://example.org/` + id + `</link>` + rest + `</item>`
}

func TestAFeedGivesDraftsOnceAndIsAskedPolitely(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, p := open(t, d), publishes(t)
		p.entries = []string{
			entry("2", "Council &amp; court meet", `<pubDate>Fri, 25 Oct 2024 11:00:00 GMT</pubDate><description>&lt;p&gt;They &lt;b&gt;met&lt;/b&gt; on Friday.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description><category>Politics</category><category>Courts</category>`),
			entry("1", "Long ago", `<pubDate>Mon, 21 Oct 2024 11:00:00 GMT</pubDate>`),
		}
		s := r.saves(Source{Kind: Feed, Address: p.URL, Minutes: 10})
		s = r.looks(s)
		if got := r.drafts(); !slices.Equal(got, []string{"Council & court meet"}) || s.Taken != 1 || s.Error != "" {
			t.Fatalf("drafts are %v after %+v", got, s)
		}
		st := r.list()[0]
		c := st.Content
		if st.State != story.Draft || st.Lang != "en" || c.Credit != "BBC" || !slices.Equal(c.Sections, []string{"politics"}) || !slices.Equal(c.Keywords, []string{"Courts"}) ||
			!strings.Contains(c.Note, "https://example.org/2") || !strings.HasPrefix(st.Source, "source ") || st.SentRevision != 0 {
			t.Errorf("the draft is %+v", st)
		}
		if got := story.BlockText(c.Body.Blocks[0]); len(c.Body.Blocks) != 1 || got != "They met on Friday." {
			t.Errorf("its text is %q in %d blocks", got, len(c.Body.Blocks))
		}
		s = r.looks(s)
		if len(p.asked) != 1 {
			t.Fatal("it is asked before its time")
		}
		r.at = s.Next
		s = r.looks(s)
		if len(p.asked) != 2 || p.asked[1].Get("If-None-Match") != `"2"` || p.asked[1].Get("User-Agent") != "Wireroom" || s.Taken != 0 {
			t.Errorf("it is asked again by %v", p.asked[1:])
		}
		p.entries = append(p.entries, entry("3", "Court adjourns", ""))
		r.at = s.Next
		if s = r.looks(s); s.Taken != 1 || len(r.drafts()) != 2 {
			t.Errorf("then drafts are %v", r.drafts())
		}
	})
}

func TestAFeedThatFailsIsAskedLessAndLess(t *testing.T) {
	r, p := open(t, dbtest.SQLite(t)), publishes(t)
	status, after := 500, ""
	p.answer = func(w http.ResponseWriter) bool {
		if status == 0 {
			return false
		}
		w.Header().Set("Retry-After", after)
		w.WriteHeader(status)
		return true
	}
	s := r.saves(Source{Kind: Feed, Address: p.URL, Minutes: 10})
	before := time.Duration(0)
	for range 12 {
		s = r.looks(s)
		pause := s.Next.Sub(r.at)
		if !strings.Contains(s.Error, "500") || pause < 10*time.Minute || pause > seldom*11/10+time.Minute || pause < before*8/10 {
			t.Fatalf("after %s it waits %s: %s", before, pause, s.Error)
		}
		before, r.at = pause, s.Next
	}
	if before < 20*time.Hour {
		t.Errorf("in the end it waits %s", before)
	}
	status = 0
	if s = r.looks(s); s.Failures != 0 || s.Error != "" || s.Next.Sub(r.at) > 12*time.Minute {
		t.Errorf("once it answers it stands at %+v", s)
	}
	status, after, r.at = 429, "7200", s.Next
	if s = r.looks(s); s.Next.Sub(r.at) < 2*time.Hour {
		t.Errorf("asked to wait two hours it waits %s", s.Next.Sub(r.at))
	}
	status, r.at = 410, s.Next
	if s = r.looks(s); !s.Stopped {
		t.Error("what is gone for good is asked again")
	}
}

func TestRulesKeepAndDropByWords(t *testing.T) {
	r, p := open(t, dbtest.SQLite(t)), publishes(t)
	p.entries = []string{entry("1", "Minsk court meets", ""), entry("2", "Rain in Oslo", ""), entry("3", "Football in Minsk", ""), entry("4", "Belarusian exports grow", "<category>Trade</category>")}
	s := r.saves(Source{Kind: Feed, Address: p.URL, Keep: []string{" Minsk", "belarus", ""}, Drop: []string{"football"}, Section: "economy"})
	s = r.looks(s)
	if got := r.drafts(); !slices.Equal(got, []string{"Belarusian exports grow", "Minsk court meets"}) || s.Passed != 2 {
		t.Errorf("drafts are %v, %d passed", got, s.Passed)
	}
	for _, st := range r.list() {
		if st.Content.Sections[0] != "economy" {
			t.Errorf("%q stands in %v", st.Content.Headline, st.Content.Sections)
		}
	}
}

func TestFilesLaidIntoTheTrayBecomeDraftsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		s := r.looks(r.saves(Source{Kind: Folder, Address: "ap", Minutes: 5}))
		if s.Error != "" {
			t.Fatal(s.Error)
		}
		at := filepath.Join(r.folder, "ap")
		lay := func(name, text string) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(at, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(filepath.Join(at, name), r.at.Add(-time.Minute), r.at.Add(-time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		const item = `{"uri":"urn:x:1","type":"text","pubstatus":"usable","language":"en","versioncreated":"2024-10-25T10:00:00Z","headline":"Cranes return","body_text":"They came back."}`
		lay("one.json", item)
		lay("two.json", strings.Replace(strings.Replace(item, "urn:x:1", "urn:x:2", 1), "usable", "canceled", 1))
		lay("odd.json", `{"nothing":`)
		lay(".hidden", item)
		lay("half.part", item)
		r.at = s.Next
		s = r.looks(s)
		if got := r.drafts(); !slices.Equal(got, []string{"Cranes return", "Cranes return"}) || s.Taken != 2 || s.Error == "" {
			t.Errorf("drafts are %v, after %+v", got, s)
		}
		killed := slices.ContainsFunc(r.list(), func(st story.Story) bool { return strings.Contains(st.Content.Note, "KILLED BY THE SOURCE") })
		if !killed {
			t.Error("that the source took one back is not told")
		}
		for name, in := range map[string]string{"one.json": takenFiles, "two.json": takenFiles, "odd.json": otherFiles, ".hidden": ".", "half.part": "."} {
			if _, err := os.Stat(filepath.Join(at, in, name)); err != nil {
				t.Errorf("%s is not in %s: %v", name, in, err)
			}
		}
		lay("again.json", item)
		r.at = s.Next
		if s = r.looks(s); len(r.drafts()) != 2 {
			t.Errorf("laid again, there are %v", r.drafts())
		}
	})
}

func TestALinkInTheTrayLeadsNowhere(t *testing.T) {
	r := open(t, dbtest.SQLite(t))
	s := r.looks(r.saves(Source{Kind: Folder, Address: "ap"}))
	secret := filepath.Join(t.TempDir(), "secret.json")
	if err := os.WriteFile(secret, []byte(`{"uri":"urn:x:1","type":"text","versioncreated":"2024-10-25T10:00:00Z","headline":"Secret"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(r.folder, "ap", "a.json")); err != nil {
		t.Fatal(err)
	}
	r.at = s.Next.Add(time.Hour)
	if r.looks(s); len(r.drafts()) != 0 {
		t.Error("the link is followed")
	}
}

func TestASourceIsCheckedWhenItIsTyped(t *testing.T) {
	r := open(t, dbtest.SQLite(t))
	for _, s := range []Source{
		{Kind: Feed, Address: "file:///etc/passwd"}, {Kind: Feed, Address: "https://a:b@example.org/"}, {Kind: Feed}, {Kind: Folder, Address: "../etc"}, {Kind: Folder, Address: "a/b"}, {Kind: Folder},
		{Kind: "radio", Address: "x"}, {Kind: Folder, Address: "a", Minutes: 1}, {Kind: Folder, Address: "a", Section: "sport"}, {Kind: Folder, Address: "a", Desk: "night"}, {Kind: Folder, Address: "a", Lang: "fr"},
	} {
		s.Name = "BBC"
		if s.Lang == "" {
			s.Lang = "en"
		}
		if _, err := r.keep.Save(t.Context(), s); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%+v is taken: %v", s, err)
		}
	}
	if _, err := r.Keeper(r.keep.staff, staff.Person{Role: staff.Editor}); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("an editor keeps sources: %v", err)
	}
	s := r.saves(Source{Kind: Folder, Address: "ap"})
	if err := r.keep.Stop(t.Context(), s.ID, true); err != nil {
		t.Fatal(err)
	}
	if s = r.looks(s); !s.Looked.IsZero() {
		t.Error("a stopped source is looked at")
	}
	if err := r.keep.Remove(t.Context(), s.ID); err != nil {
		t.Fatal(err)
	}
	if err := r.keep.Remove(t.Context(), s.ID); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func FuzzAFeedIsReadOrRefused(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel>` + entry("1", "a", "<description>&lt;p&gt;b</description>") + `</channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title type="html">&lt;b&gt;a</title><updated>2024-10-25T10:00:00Z</updated></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a","content_text":"b"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := ReadFeed(data)
		if err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Error(err)
		}
		m := masthead.Masthead{Languages: []masthead.Lang{"en"}}
		for _, i := range items {
			o := Source{Name: "x", Lang: "en"}.offer(m, i)
			if len([]rune(o.Content.Headline)) > story.MaxHeadline || strings.ContainsAny(o.Content.Headline, "\n\x00") {
				t.Errorf("the headline is %q", o.Content.Headline)
			}
		}
	})
}

func FuzzAFileIsReadOrRefused(f *testing.F) {
	f.Add([]byte(`{"uri":"urn:x:1","type":"text","versioncreated":"2024-10-25T10:00:00Z","headline":"a","body_text":"b"}`))
	f.Add([]byte("From: a@example.org\r\nSubject: a\r\n\r\nb"))
	f.Add([]byte(`<nitf><head><title>a</title></head><body><body.content><p>b</p></body.content></body></nitf>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := ReadFile("a", data)
		if err == nil && len(items) == 0 && len(data) > 0 {
			t.Error("nothing is read and nothing is said")
		}
	})
}

func TestALaterVersionComesToTheSameDraftAndToATouchedOneAsAComment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		s := r.looks(r.saves(Source{Kind: Folder, Address: "ap", Minutes: 5}))
		lays := func(version int, headline, text string) Source {
			t.Helper()
			name := filepath.Join(r.folder, "ap", fmt.Sprintf("%d-%d.json", r.at.Unix(), version))
			item := fmt.Sprintf(`{"uri":"urn:x:1","type":"text","pubstatus":"usable","version":"%d","language":"en","versioncreated":"2024-10-25T10:00:00Z","headline":%q,"body_text":%q}`, version, headline, text)
			if err := os.WriteFile(name, []byte(item), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(name, r.at.Add(-time.Minute), r.at.Add(-time.Minute)); err != nil {
				t.Fatal(err)
			}
			r.at = s.Next
			s = r.looks(s)
			return s
		}
		said := func() (all []string) {
			t.Helper()
			list := r.list()
			if len(list) != 1 {
				t.Fatalf("there are %d drafts", len(list))
			}
			comments, err := r.stories.Comments(t.Context(), list[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range comments {
				all = append(all, c.Words)
			}
			return all
		}
		lays(1, "Cranes return", "They came back.")
		lays(2, "Cranes return to Brest", "They came back.")
		if st := r.list()[0]; st.Content.Headline != "Cranes return to Brest" || st.Revision != 2 || st.State != story.Draft || len(said()) != 0 {
			t.Errorf("untouched, the draft is %q, revision %d, with %q", st.Content.Headline, st.Revision, said())
		}
		for range 2 {
			if s = lays(1, "Cranes return", "They came back."); s.Taken != 0 || r.list()[0].Revision != 2 {
				t.Errorf("an older version is taken: %+v", s)
			}
		}
		st := r.list()[0]
		c := st.Content
		c.Headline = "Cranes are back"
		editor := staff.Person{ID: "e", Role: staff.Editor}
		if _, err := r.stories.Revise(t.Context(), editor, st.ID, st.Revision, c); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			lays(3, "Cranes return to Brest", "They did not come back.")
		}
		if st := r.list()[0]; st.Content.Headline != "Cranes are back" || st.Revision != 3 {
			t.Errorf("touched, the draft becomes %q, revision %d", st.Content.Headline, st.Revision)
		}
		if got := said(); len(got) != 1 || got[0] != "CHANGED BY THE SOURCE\n− They came back.\n+ They did not come back." {
			t.Errorf("beside it stands %q", got)
		}
		if st := r.list()[0]; st.Releases != 0 {
			t.Error("it was sent by nobody")
		}
	})
}
