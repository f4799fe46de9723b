package site_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/site"
	"wireroom/story"
)

const endpoint = "https://push.example/x"

// offers has the English edition offer alerts.
func (n *newsroom) offers() {
	n.Helper()
	n.ok(n.rings.SetRule(n.Context(), n.editor, alert.Rule{Lang: "en", Live: true, Urgency: 1}))
	n.press.Refresh()
}

// browser is what a browser's script sends.
func (n *newsroom) browser(more map[string]any) map[string]any {
	n.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	n.ok(err)
	based := base64.RawURLEncoding.EncodeToString
	all := map[string]any{"endpoint": endpoint, "expirationTime": nil, "keys": map[string]string{"p256dh": based(key.PublicKey().Bytes()), "auth": based(make([]byte, 16))}}
	for k, v := range more {
		all[k] = v
	}
	return all
}

// tells posts as the page's script does.
func (n *newsroom) tells(path string, what any) (status int, body string) {
	n.Helper()
	text, err := json.Marshal(what)
	n.ok(err)
	r, err := http.NewRequest(http.MethodPost, n.host.URL+path, bytes.NewReader(text))
	n.ok(err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	a, err := http.DefaultClient.Do(r)
	n.ok(err)
	defer a.Body.Close()
	all, err := io.ReadAll(a.Body)
	n.ok(err)
	if a.Header.Get("Set-Cookie") != "" {
		n.Errorf("%s sets a cookie", path)
	}
	return a.StatusCode, string(all)
}

func TestAReaderSwitchesAlertsOnChangesAndOff(t *testing.T) {
	each(t, func(n *newsroom) {
		n.offers()
		if status, body := n.tells("/en/alerts", n.browser(map[string]any{"sections": []string{"politics"}})); status != http.StatusNoContent {
			n.Fatalf("switched on: %d %s", status, body)
		}
		if status, body := n.tells("/en/alerts/mine", map[string]any{"endpoint": endpoint}); status != http.StatusOK || strings.TrimSpace(body) != `{"lang":"en","neutral":false,"sections":["politics"]}` {
			n.Errorf("it is told %d %s", status, body)
		}
		if status, body := n.tells("/en/alerts", n.browser(map[string]any{"sections": []string{}, "neutral": true})); status != http.StatusNoContent {
			n.Errorf("changed: %d %s", status, body)
		}
		moved := n.browser(map[string]any{"endpoint": endpoint + "y", "was": endpoint})
		if status, body := n.tells("/alerts/renewal", moved); status != http.StatusNoContent {
			n.Errorf("moved: %d %s", status, body)
		}
		if c, err := n.rings.Choice(n.Context(), endpoint+"y"); err != nil || !c.Neutral || len(c.Sections) != 0 {
			n.Errorf("it is rung for %+v, %v", c, err)
		}
		for range 2 {
			if status, _ := n.tells("/en/alerts/off", map[string]any{"endpoint": endpoint + "y"}); status != http.StatusNoContent {
				n.Errorf("switched off: %d", status)
			}
		}
		if status, _ := n.tells("/en/alerts/mine", map[string]any{"endpoint": endpoint + "y"}); status != http.StatusNotFound {
			n.Errorf("after that it is told %d", status)
		}
		if _, err := n.rings.Choice(n.Context(), endpoint); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("the endpoint before is kept: %v", err)
		}
	})
}

func TestWhatNoBrowserSendsIsRefused(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.offers()
	for name, what := range map[string]any{
		"nothing": map[string]any{}, "no object": "x", "a stranger's machine": n.browser(map[string]any{"endpoint": "https://victim.example/"}),
		"this machine": n.browser(map[string]any{"endpoint": "https://127.0.0.1/"}), "no keys": map[string]any{"endpoint": endpoint},
		"no section of ours":  n.browser(map[string]any{"sections": []string{"x"}}),
		"a key off the curve": n.browser(map[string]any{"keys": map[string]string{"p256dh": base64.RawURLEncoding.EncodeToString(make([]byte, 65)), "auth": "AAAAAAAAAAAAAAAAAAAAAA"}}),
	} {
		if status, _ := n.tells("/en/alerts", what); status != http.StatusUnprocessableEntity && status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := n.tells("/ru/alerts", n.browser(nil)); status != http.StatusNotFound {
		t.Errorf("in an edition that has none: %d", status)
	}
}

func TestTheAlertsPageSaysWhatItNeedsAndWhoLearnsWhat(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	if a := n.visitor().opens("/en/alerts"); a.StatusCode != http.StatusNotFound {
		t.Errorf("where there are none the page answers %d", a.StatusCode)
	}
	if strings.Contains(n.visitor().opens("/en/").Text, "/en/alerts") {
		t.Error("the front page leads to alerts that there are not")
	}
	n.offers()
	_, err := n.channels.Save(n.Context(), n.editor, channel.Channel{Lang: "en", Name: "Pozirk", Chat: "@pozirk", Token: "1:SECRET", Live: true}, n.now)
	n.ok(err)
	a := n.visitor().opens("/en/alerts")
	for _, words := range []string{"Alerts need a script", "Google, Mozilla, Apple or Microsoft", "https://t.me/pozirk", "/en/rss.xml", "Politics"} {
		if !strings.Contains(a.Text, words) {
			t.Errorf("it does not say %q", words)
		}
	}
	if strings.Contains(a.Text, "SECRET") {
		t.Error("it tells the bot's token")
	}
	policy := a.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") || a.Header.Get("Set-Cookie") != "" {
		t.Errorf("its policy is %s", policy)
	}
	front := n.visitor().opens("/en/")
	if !strings.Contains(front.Text, `href="/en/alerts"`) || strings.Contains(front.Text, "<script") || strings.Contains(front.Header.Get("Content-Security-Policy"), "script-src") {
		t.Error("the front page does not lead there, or runs a script")
	}
	w := n.visitor().opens("/alerts/worker.js")
	if w.StatusCode != http.StatusOK || w.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || w.Header.Get("Cache-Control") != "no-cache" || strings.Contains(w.Text, `"fetch"`) {
		t.Errorf("the worker answers %d %v", w.StatusCode, w.Header)
	}
}

func TestAnAlertTellsNoMoreThanItsReaderMayHave(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	site := site.New(n.options)
	door := reveal.New(n.db, n.options.Masthead, n.options.Now)
	rung := func(st story.Story, corrected, neutral bool) alert.Message {
		found, err := door.Several(n.Context(), []story.ID{st.ID}, reveal.Viewer{}, true)
		n.ok(err)
		r, ok := found[st.ID]
		if !ok {
			t.Fatal("nobody may have it")
		}
		return site.Ring(r, corrected, neutral)
	}
	free := n.sends("en", "", story.Content{Headline: "Łukašenka resigns", Teaser: "At last.", Body: paragraphs("One.")})
	if m := rung(free, false, false); m != (alert.Message{Title: "Łukašenka resigns", Body: "At last.", Lang: "en", Path: address(free)}) {
		t.Errorf("an open story rings with %+v", m)
	}
	locked := n.sends("en", "", locked("Bank fails"))
	if m := rung(locked, false, false); m.Title != "Bank fails" || m.Body != "" {
		t.Errorf("a locked story rings with %+v", m)
	}
	if m := rung(locked, true, false); m.Title != "Corrected: Bank fails" || m.Body != "" {
		t.Errorf("corrected it rings with %+v", m)
	}
	for _, corrected := range []bool{false, true} {
		if m := rung(free, corrected, true); strings.Contains(m.Title+m.Body, "Łukašenka") || strings.Contains(m.Title+m.Body, "Pozirk") || m.Body != "" {
			t.Errorf("to whom no word is to be told rings %+v", m)
		}
	}
	if m := site.Unring("en", free.Number, true); strings.Contains(m.Title, "alert") || m.Body != "" {
		t.Errorf("taken back it rings with %+v", m)
	}
}
