package main

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/backgroundservice"
	permit "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
)

// pushes stands in for the browser's push service, which lies outside: it gives
// out one subscription, with keys of the example in RFC 8291.
const pushes = `(() => {
	const made = {
		endpoint: "https://fcm.googleapis.com/fcm/send/stand-in",
		toJSON() {
			return { endpoint: this.endpoint, keys: { auth: "BTBZMqHH6r4Tts7J_aSIgg",
				p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4" } }
		},
		async unsubscribe() { localStorage.removeItem("on"); return true },
	}
	PushManager.prototype.subscribe = async (how) => {
		if (!how.userVisibleOnly || how.applicationServerKey.length !== 87) throw new TypeError("not as a browser wants it")
		localStorage.setItem("on", "yes")
		return made
	}
	PushManager.prototype.getSubscription = async () => localStorage.getItem("on") ? made : null
})()`

// shown are the notifications that stand on the screen.
const shown = `navigator.serviceWorker.getRegistration("/alerts/").then((r) => r.getNotifications())
	.then((all) => all.map((n) => n.tag + ": " + n.title + (n.body ? " – " + n.body : "")).join(" | "))`

// roused is how far the worker has come: before it is active it hears no push.
const roused = `navigator.serviceWorker.getRegistration("/alerts/").then((r) => r.active ? r.active.state : "")`

// sees waits until a script that promises words gives these.
func (o *onlooker) sees(script, want string) {
	o.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		got, err := chromedp.Run(o.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
		if err == nil && got == want {
			return
		}
		if time.Now().After(end) {
			o.t.Fatalf("the browser says %q, not %q: %v", got, want, err)
		}
	}
}

// displays gives what waits until the browser has displayed one notification more. One that is asked after earlier is taken for one that was closed,
// and is forgotten.
func (o *onlooker) displays() (wait func()) {
	o.t.Helper()
	heard := make(chan struct{}, 16)
	err := chromedp.Listen(o.ctx, func(ev any) {
		if e, ok := ev.(*backgroundservice.EventBackgroundServiceEventReceived); ok && e.BackgroundServiceEvent.EventName == "Notification displayed" {
			heard <- struct{}{}
		}
	})
	const kind = backgroundservice.ServiceNameNotifications
	if err == nil {
		_, err = chromedp.Call(o.ctx, backgroundservice.StartObserving, backgroundservice.StartObservingParams{Service: kind})
	}
	if err == nil {
		_, err = chromedp.Call(o.ctx, backgroundservice.SetRecording, backgroundservice.SetRecordingParams{ShouldRecord: true, Service: kind})
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return func() {
		o.t.Helper()
		select {
		case <-heard:
		case <-time.After(time.Minute):
			o.t.Fatal("no notification is displayed")
		}
	}
}

// A reader switches the alerts on, is rung, sees the alert corrected and taken
// back, and switches them off.
func TestAReaderIsRungInABrowser(t *testing.T) {
	t.Parallel()
	s, sessions := demonstrate(t)
	o := browser(t, s, sessions)
	if _, err := chromedp.CallBrowser(o.ctx, permit.SetPermission, permit.SetPermissionParams{Permission: &permit.PermissionDescriptor{Name: "notifications"}, Setting: permit.PermissionSettingGranted, Origin: s.url}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(o.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: pushes}); err != nil {
		t.Fatal(err)
	}
	found := make(chan serviceworker.RegistrationID, 1)
	var once sync.Once
	err := chromedp.Listen(o.ctx, func(ev any) {
		if e, ok := ev.(*serviceworker.EventWorkerRegistrationUpdated); ok && len(e.Registrations) > 0 {
			once.Do(func() { found <- e.Registrations[0].RegistrationID })
		}
	})
	if err == nil {
		_, err = chromedp.Call(o.ctx, serviceworker.Enable, cdp.Empty{})
	}
	if err != nil {
		t.Fatal(err)
	}
	at := s.url + "/en/alerts"
	says := func(name string) chromedp.Action[chromedp.Void] {
		return chromedp.WaitVisible(chromedp.CSS(`[data-say="` + name + `"]`))
	}
	o.does(chromedp.Navigate(at), chromedp.WaitVisible(chromedp.CSS("#alerts")), chromedp.Click(chromedp.CSS(`[value="politics"]`)),
		chromedp.Click(chromedp.CSS(`#alerts [type="submit"]`)), says("on"))
	o.does(chromedp.Navigate(at), chromedp.WaitVisible(chromedp.CSS("#off")), chromedp.WaitVisible(chromedp.CSS(`[value="politics"]:checked`)))
	o.sees(roused, "activated")
	worker, displayed := <-found, o.displays()
	for _, step := range []struct{ kind, title, body, want string }{
		{"news", "Seven dead", "At the station.", "news-7: Seven dead – At the station."},
		{"correction", "Corrected: six dead", "", "news-7: Corrected: six dead"},
		{"withdrawal", "An alert was withdrawn", "", "news-7: An alert was withdrawn"},
		{"news", "Seven dead, late", "", "news-7: An alert was withdrawn"},
	} {
		wire := map[string]int{"news": 1, "correction": 2, "withdrawal": 3}[step.kind]
		data, err := json.Marshal(map[string]any{"kind": step.kind, "title": step.title, "body": step.body, "lang": "en", "path": "/en/latest", "tag": "news-7", "wire": wire})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(o.ctx, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{Origin: s.url + "/", RegistrationID: worker, Data: string(data)}); err != nil {
			t.Fatal(err)
		}
		displayed()
		o.sees(shown, step.want)
	}
	o.does(chromedp.Click(chromedp.CSS("#off")), says("off"))
	if said := o.reads(); !strings.Contains(said, "Nothing is kept of this browser any more.") {
		t.Errorf("switched off it says %s", said)
	}
}
