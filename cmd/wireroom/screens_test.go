package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe/axe.min.js
var axe string

// screen is a page as somebody looks at it; who is a role of the demo, "" is a
// reader who has not signed in.
type screen struct {
	name, who, path string
}

// screens are the pages that readers and staff meet, at addresses of the demo.
func screens(t *testing.T, s *server) []screen {
	open := within(t, s, "/en/latest", `(?s)<li>.*?href="(/en/news/\d+)"`)
	locked := within(t, s, "/en/latest", `(?s).*href="(/en/news/\d+)".{0,600}?class="lock"`)
	return []screen{
		{"front", "", "/en/"}, {"front in Russian", "", "/ru/"}, {"front in Belarusian", "", "/be/"},
		{"latest", "", "/en/latest"}, {"section", "", "/en/politics/"}, {"story", "", open}, {"locked story", "", locked},
		{"the same for a subscriber", "subscriber", locked}, {"offer", "", "/en/plus"}, {"corrections", "", "/en/corrections"},
		{"no such page", "", "/en/nothing"}, {"account", "subscriber", "/en/account"},
		{"reader sign-in", "", "/en/account/sign-in"}, {"reader opening", "", "/ru/account/new"}, {"reader recovery", "", "/be/account/recovery"},
		{"reader code", "", "/en/account/code"}, {"reader removal", "subscriber", "/en/account/removal"}, {"locked for an account", "lapsed", locked},
		{"staff sign-in", "", "/desk/sign-in"}, {"staff list", "chief", "/desk/staff"}, {"staff invite", "administrator", "/desk/staff/new"}, {"staff acts", "administrator", "/desk/staff/acts"},
		{"staff person", "chief", staffPerson}, {"staff account", "translator", "/desk/account"}, {"staff freeze", "reporter", "/desk/account?freeze=ask"},
		{"desk list", "chief", "/desk/"}, {"desk story", "editor", deskStory}, {"desk edit", "reporter", deskStory + "/edit"},
		{"desk panel", "editor", deskStory + "/release"}, {"desk new", "reporter", "/desk/new"}, {"masthead", "chief", "/desk/masthead"},
		{"kill panel", "editor", sentStory + "/kill"}, {"planned", "chief", "/desk/planned"}, {"mentions", "editor", "/desk/mentions"},
		{"board", "editor", "/desk/board"}, {"calendar", "editor", "/desk/planning"}, {"copybook", "editor", "/desk/copybook"}, {"keys", "reporter", "/desk/keys"},
		{"readers", "chief", "/desk/readers"}, {"codes", "administrator", "/desk/readers/codes"}, {"companies", "chief", "/desk/readers/companies"},
		{"orders", "chief", "/desk/readers/orders"}, {"readers' lists", "chief", "/desk/readers/lists"}, {"readers' figures", "chief", "/desk/readers/figures"},
	}
}

// These stand for the addresses of a draft that the role may work on, of a
// story that is out and of somebody of the staff.
const (
	deskStory   = "DRAFT"
	sentStory   = "SENT"
	staffPerson = "PERSON"
)

// leads are where the address is found that something stands for.
var leads = map[string]struct{ page, link string }{
	deskStory:   {"/desk/?stage=draft", "main a[href^='/desk/stories/']"},
	sentStory:   {"/desk/?stage=out", "main a[href^='/desk/stories/']"},
	staffPerson: {"/desk/staff", "main table a[href^='/desk/staff/']"},
}

// within finds the first match on a page.
func within(t *testing.T, s *server, path, pattern string) string {
	t.Helper()
	answer, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindSubmatch(page)
	if m == nil {
		t.Fatalf("%s has nothing like %s", path, pattern)
	}
	return string(m[1])
}

// onlooker is a browser that notes whom it asks and what it complains of.
type onlooker struct {
	t   *testing.T
	ctx context.Context
	s   *server
	who map[string]session

	mu    sync.Mutex
	asked []string
}

func browser(t *testing.T, s *server, who map[string]session) *onlooker {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	o := &onlooker{t: t, ctx: ctx, s: s, who: who}
	if err := chromedp.Listen(ctx, o.hear); err != nil {
		t.Fatalf("the screens need Chromium, which `make test` installs: %v", err)
	}
	return o
}

func (o *onlooker) hear(ev any) {
	if r, ok := ev.(*network.EventRequestWillBeSent); ok {
		o.mu.Lock()
		o.asked = append(o.asked, r.Request.URL)
		o.mu.Unlock()
	}
}

// be shows the pages to come as the role sees them.
func (o *onlooker) be(who string) {
	o.t.Helper()
	if _, err := chromedp.Call(o.ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		o.t.Fatal(err)
	}
	if who == "" {
		return
	}
	c := o.who[who]
	if _, err := chromedp.Call(o.ctx, network.SetCookie, network.SetCookieParams{Name: c.Cookie, Value: c.Value, URL: o.s.url + "/"}); err != nil {
		o.t.Fatal(err)
	}
}

func (o *onlooker) look(width int64, scheme string) {
	o.t.Helper()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(o.ctx, emulation.SetEmulatedMedia, media); err != nil {
		o.t.Fatal(err)
	}
	if err := chromedp.Do(o.ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		o.t.Fatal(err)
	}
}

// findShifts sums up the shifts of the layout since the first paint.
const findShifts = `new Promise(done => {
	let sum = 0
	new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value }).observe({type: "layout-shift", buffered: true})
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)))
})`

const findFaults = `axe.run(document, {resultTypes: ["violations"]}).then(r =>
	r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target + ": " + n.failureSummary)))`

const findWide = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

func (o *onlooker) judge(path string) {
	t := o.t
	t.Helper()
	if err := chromedp.Do(o.ctx, chromedp.Navigate(o.s.url+path)); err != nil {
		t.Fatal(err)
	}
	shift, err := chromedp.Run(o.ctx, chromedp.Evaluate[float64](findShifts, chromedp.EvalAwaitPromise))
	if err != nil || shift > 0 {
		t.Errorf("%s moves while it loads: %v, %v", path, shift, err)
	}
	over, err := chromedp.Run(o.ctx, chromedp.Evaluate[int](findWide))
	if err != nil || over > 0 {
		t.Errorf("%s is %d pixels wider than the screen: %v", path, over, err)
	}
	if err := chromedp.Do(o.ctx, chromedp.Evaluate[chromedp.Void](axe)); err != nil {
		t.Fatal(err)
	}
	faults, err := chromedp.Run(o.ctx, chromedp.Evaluate[[]string](findFaults, chromedp.EvalAwaitPromise))
	if err != nil || len(faults) > 0 {
		t.Errorf("%s keeps people out: %s, %v", path, strings.Join(faults, "\n"), err)
	}
}

// asksNobodyElse fails if a page asked another host.
func (o *onlooker) asksNobodyElse() {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.asked) == 0 {
		o.t.Error("the browser asked nobody; nothing was watched")
	}
	for _, address := range o.asked {
		if !strings.HasPrefix(address, o.s.url+"/") && !strings.HasPrefix(address, "data:") {
			o.t.Errorf("a page asks %s", address)
		}
	}
}

func TestEveryScreenIsOpenToEverybodyAndAsksNobodyElse(t *testing.T) {
	t.Parallel()
	s, sessions := demonstrate(t)
	s.url = strings.Replace(s.url, "127.0.0.1", "localhost", 1) // where browsers keep passkeys, and pages offer them
	o := browser(t, s, sessions)
	for _, screen := range screens(t, s) {
		for stands := range leads {
			if rest, ok := strings.CutPrefix(screen.path, stands); ok {
				screen.path = o.finds(screen.who, stands) + rest
			}
		}
		t.Run(screen.name, func(t *testing.T) {
			o.t = t
			o.be(screen.who)
			for _, width := range []int64{390, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					o.look(width, scheme)
					o.judge(screen.path)
				}
			}
			if screen.who == "" {
				o.hasNoCookie()
			}
		})
	}
	o.t = t
	o.asksNobodyElse()
}

func (o *onlooker) hasNoCookie() {
	o.t.Helper()
	kept, err := chromedp.Call(o.ctx, network.GetCookies, network.GetCookiesParams{})
	if err != nil || len(kept.Cookies) > 0 {
		o.t.Errorf("an anonymous reader got %d cookies: %v", len(kept.Cookies), err)
	}
}

// finds what an address stands for, as the role sees it.
func (o *onlooker) finds(who, stands string) string {
	o.t.Helper()
	o.be(who)
	lead := leads[stands]
	if err := chromedp.Do(o.ctx, chromedp.Navigate(o.s.url+lead.page)); err != nil {
		o.t.Fatal(err)
	}
	path, err := chromedp.Run(o.ctx, chromedp.Evaluate[string](fmt.Sprintf(`new URL(document.querySelector(%q).href).pathname`, lead.link)))
	if err != nil {
		o.t.Fatal(err)
	}
	return path
}

// demonstrate starts the demo agency and gives the cookies of its people.
func demonstrate(t *testing.T) (*server, map[string]session) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	s, err := start("demo", "--dir", dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
	told, err := os.ReadFile(filepath.Join(dir, demoFile))
	if err != nil {
		t.Fatal(err)
	}
	var report demoReport
	if err := json.Unmarshal(told, &report); err != nil {
		t.Fatal(err)
	}
	return s, report.Sessions
}

// A reader who has only a keyboard meets a way past the head of the page first,
// and each thing that the keyboard comes to can be seen.
func TestTheKeyboardAloneLeadsThroughAPage(t *testing.T) {
	t.Parallel()
	s, sessions := demonstrate(t)
	o := browser(t, s, sessions)
	o.look(1280, "light")
	for _, at := range []struct{ who, path, first string }{
		{"", "/en/", "#main"}, {"", "/en/latest", "#main"}, {"", "/en/account/sign-in", "#main"}, {"subscriber", "/en/account", "#main"}, {"chief", "/desk/", "#main"},
		{"reporter", "/desk/new", ""}, // the headline takes the keyboard as soon as it can
	} {
		o.be(at.who)
		if err := chromedp.Do(o.ctx, chromedp.Navigate(o.s.url+at.path)); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for n := range 12 {
			if err := chromedp.Do(o.ctx, chromedp.KeyEvent("\t")); err != nil {
				t.Fatal(err)
			}
			where, err := chromedp.Run(o.ctx, chromedp.Evaluate[string](findFocus))
			if err != nil {
				t.Fatal(err)
			}
			stop, unseen := strings.CutSuffix(where, " unseen")
			if unseen {
				t.Errorf("%s: stop %d of the keyboard, %s, cannot be seen", at.path, n+1, stop)
			}
			if n == 0 && at.first != "" && stop != at.first {
				t.Errorf("%s: the keyboard comes first to %s, not to %s", at.path, stop, at.first)
			}
			seen[stop] = true
		}
		if len(seen) < 6 {
			t.Errorf("%s: twelve steps of the keyboard come to %d places", at.path, len(seen))
		}
	}
}

const findFocus = `(() => {
	const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e)
	const seen = s.outlineStyle !== "none" || s.boxShadow !== "none" || s.textDecorationLine !== "none"
	return (e.getAttribute("href") || e.name || e.tagName) + (seen && b.width > 0 && b.height > 0 ? "" : " unseen")
})()`
