package desk

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"wireroom/staff"
)

// cameFrom is where somebody comes in, in words that they know again.
func cameFrom(r *http.Request) staff.Entry {
	e := staff.Entry{Browser: firstOf(r.UserAgent(), browsers), System: firstOf(r.UserAgent(), systems)}
	if c, err := r.Cookie(sessionCookie); err == nil {
		e.Old = c.Value
	}
	return e
}

// named is a word of a browser's self-description and what people call it. The
// first that is found counts: most browsers name those that they descend from.
type named struct{ word, name string }

var (
	browsers = []named{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"YaBrowser", "Yandex"}, {"Vivaldi", "Vivaldi"}, {"SamsungBrowser", "Samsung Internet"},
		{"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}}
	systems = []named{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"},
		{"CrOS", "ChromeOS"}, {"Linux", "Linux"}, {"BSD", "BSD"}}
)

func firstOf(self string, words []named) string {
	for _, w := range words {
		if strings.Contains(self, w.word) {
			return w.name
		}
	}
	return ""
}

// browser says where a session is: "Firefox on Linux".
func (v *visit) browser(name, system string) string {
	switch {
	case name != "" && system != "":
		return v.T("browser-on", "browser", name, "system", system)
	case name+system != "":
		return name + system
	}
	return v.T("browser-unknown")
}

// passkeySite is the host that passkeys are made for: the public address, or
// the host that was asked while the agency has none but its own machine. ok is
// false where browsers keep no passkeys: at another address than the public
// one, or at a number.
func (v *visit) passkeySite() (at staff.Site, ok bool) {
	at.Name = v.house.Credit(v.edition())
	if u, err := url.Parse(v.house.PublicURL); err == nil && u.Host != "" && !isMachine(u.Hostname()) {
		at.ID, at.Origin = u.Hostname(), u.Scheme+"://"+u.Host
		return at, v.r.Host == u.Host
	}
	at.Origin = v.asked()
	u, err := url.Parse(at.Origin)
	if err != nil {
		return at, false
	}
	at.ID = u.Hostname()
	return at, at.ID != "" && net.ParseIP(at.ID) == nil
}

// isMachine reports whether a host is known on this machine alone.
func isMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// asked is the address of the desk as the browser has it.
func (v *visit) asked() string {
	if u, err := url.Parse(v.r.Header.Get("Origin")); err == nil && u.Host == v.r.Host {
		return u.Scheme + "://" + u.Host
	}
	if v.desk.Secure() {
		return "https://" + v.r.Host
	}
	return "http://" + v.r.Host
}

// linkBase is what a link made by somebody at the desk begins with.
func (v *visit) linkBase() string {
	if v.house.PublicURL != "" {
		return v.house.PublicURL
	}
	return v.asked()
}
