package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// wallet gives the browser a device that keeps passkeys and says who holds it.
func (o *onlooker) wallet() webauthn.AuthenticatorID {
	o.t.Helper()
	made, err := chromedp.Call(o.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		o.t.Fatal(err)
	}
	return made.AuthenticatorID
}

func (o *onlooker) drops(device webauthn.AuthenticatorID) {
	o.t.Helper()
	if _, err := chromedp.Call(o.ctx, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: device}); err != nil {
		o.t.Fatal(err)
	}
}

func (o *onlooker) does(steps ...chromedp.Action[chromedp.Void]) {
	o.t.Helper()
	if err := chromedp.Do(o.ctx, steps...); err != nil {
		o.t.Fatal(err)
	}
}

// reads gives the words of the page's main part.
func (o *onlooker) reads() string {
	o.t.Helper()
	text, err := chromedp.Run(o.ctx, chromedp.Evaluate[string](`document.querySelector("main").innerText`))
	if err != nil {
		o.t.Fatal(err)
	}
	return text
}

// addsPasskey presses the button and waits for the page that says so.
func (o *onlooker) addsPasskey(home, name string) {
	o.t.Helper()
	o.does(chromedp.Navigate(home+"/desk/account"), chromedp.SetValue(chromedp.ID("k-new"), name),
		chromedp.Click(chromedp.CSS(`#passkeys form[data-passkey] button`)), chromedp.WaitVisible(chromedp.CSS(`.flash`)))
	if said := o.reads(); !strings.Contains(said, "The passkey is added.") {
		o.t.Fatalf("adding %s leads to %s", name, said)
	}
}

// Somebody makes two passkeys on two devices, signs out, comes in by one
// without typing a name, and is out at once when an editor freezes them.
func TestTwoPasskeysOpenTheDeskUntilItsOwnerIsFrozen(t *testing.T) {
	t.Parallel()
	s, sessions := demonstrate(t)
	o := browser(t, s, sessions)
	home := strings.Replace(s.url, "127.0.0.1", "localhost", 1)
	be := func(role string) {
		t.Helper()
		c := sessions[role]
		if _, err := chromedp.Call(o.ctx, network.SetCookie, network.SetCookieParams{Name: c.Cookie, Value: c.Value, URL: home + "/", Path: "/desk"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := chromedp.Call(o.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	be("reporter")
	phone := o.wallet()
	o.does(chromedp.Navigate(home+"/desk/"), chromedp.WaitVisible(chromedp.CSS(`.remind`)))
	o.addsPasskey(home, "Phone")
	o.drops(phone)
	laptop := o.wallet()
	o.does(chromedp.Navigate(home+"/desk/"), chromedp.WaitVisible(chromedp.CSS(`.remind`)))
	o.addsPasskey(home, "Laptop")
	o.does(chromedp.Navigate(home+"/desk/"), chromedp.WaitNotPresent(chromedp.CSS(`.remind`)))

	o.does(chromedp.Click(chromedp.CSS(`form[action="/desk/sign-out"] button`)), chromedp.WaitVisible(chromedp.CSS(`.signing`)))
	o.does(chromedp.Click(chromedp.CSS(`.signing form[data-passkey] button`)), chromedp.WaitVisible(chromedp.CSS(`.stages`)))
	o.does(chromedp.Navigate(home + "/desk/account"))
	if said := o.reads(); !strings.Contains(said, "by passkey") || !strings.Contains(said, "Chrome on Linux") {
		t.Errorf("the account says %s", said)
	}
	mine, err := chromedp.Call(o.ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{home + "/desk/"}})
	if err != nil {
		t.Fatal(err)
	}

	be("editor")
	name, err := chromedp.Run(o.ctx, chromedp.Evaluate[string](`document.querySelector(".who").firstChild.textContent.trim()`))
	if err != nil {
		t.Fatal(err)
	}
	o.does(chromedp.Navigate(home+"/desk/staff"), chromedp.Click(chromedp.Search(`//table//a[text()="`+name+`"]`)),
		chromedp.Click(chromedp.CSS(`form[action$="/freeze"] button`)), chromedp.WaitVisible(chromedp.CSS(`.flash`)))
	if said := o.reads(); !strings.Contains(said, name+" is frozen") {
		t.Fatalf("freezing leads to %s", said)
	}
	for _, c := range mine.Cookies {
		if _, err := chromedp.Call(o.ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: home + "/", Path: c.Path}); err != nil {
			t.Fatal(err)
		}
	}
	o.does(chromedp.Navigate(home + "/desk/"))
	if said := o.reads(); !strings.Contains(said, "Sign in to the desk") {
		t.Errorf("who is frozen reads %s", said)
	}
	if _, err := chromedp.Call(o.ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	o.does(chromedp.Navigate(home+"/desk/sign-in"), chromedp.Click(chromedp.CSS(`.signing form[data-passkey] button`)),
		chromedp.WaitVisible(chromedp.Search(`//*[@role="status"][contains(text(), "opens nothing here")]`)))
	o.drops(laptop)
}
