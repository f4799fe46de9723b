package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"wireroom/web"
)

func TestOnlyTheServersInFrontAreBelievedOnWhoAsks(t *testing.T) {
	ask := func(proxies web.Proxies, peer string, told ...string) string {
		got := ""
		routes := []web.Route{{Method: "GET", Pattern: "/", Who: web.Anyone, Handler: func(_ http.ResponseWriter, r *http.Request) error {
			if at, ok := web.From(r); ok {
				got = at.String()
			}
			return nil
		}}}
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = peer
		for _, line := range told {
			r.Header.Add("X-Forwarded-For", line)
		}
		web.Mux(routes, web.Options{Proxies: proxies}).ServeHTTP(httptest.NewRecorder(), r)
		return got
	}
	front, err := web.ReadProxies([]string{"10.0.0.5", "fd00::/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		proxies web.Proxies
		peer    string
		told    []string
		want    string
	}{
		{nil, "203.0.113.9:1", nil, "203.0.113.9"},
		{nil, "203.0.113.9:1", []string{"192.0.2.1"}, "203.0.113.9"},
		{nil, "127.0.0.1:1", []string{"192.0.2.1"}, "192.0.2.1"},
		{nil, "[::1]:1", []string{"192.0.2.1"}, "192.0.2.1"},
		{nil, "[::ffff:127.0.0.1]:1", []string{"::ffff:192.0.2.1"}, "192.0.2.1"},
		{nil, "10.0.0.5:1", []string{"192.0.2.1"}, "10.0.0.5"},
		{nil, "127.0.0.1:1", []string{"198.51.100.7, 192.0.2.1"}, "192.0.2.1"},
		{nil, "127.0.0.1:1", []string{"192.0.2.1", "127.0.0.1"}, "192.0.2.1"},
		{nil, "127.0.0.1:1", []string{"192.0.2.1, unknown"}, "127.0.0.1"},
		{nil, "127.0.0.1:1", nil, "127.0.0.1"},
		{nil, "@", []string{"192.0.2.1"}, ""},
		{front, "10.0.0.5:1", []string{"192.0.2.1"}, "192.0.2.1"},
		{front, "10.0.0.6:1", []string{"192.0.2.1"}, "10.0.0.6"},
		{front, "10.0.0.5:1", []string{"192.0.2.1, 198.51.100.7, fd00::2"}, "198.51.100.7"},
		{front, "127.0.0.1:1", []string{"192.0.2.1"}, "127.0.0.1"},
		{web.Proxies{}, "127.0.0.1:1", []string{"192.0.2.1"}, "127.0.0.1"},
	} {
		if got := ask(c.proxies, c.peer, c.told...); got != c.want {
			t.Errorf("by %v %s, told %q, comes from %q, not %q", c.proxies, c.peer, c.told, got, c.want)
		}
	}
	for _, wrong := range []string{"proxy.lan", "10.0.0.0/33", "::ffff:10.0.0.0/120", "10.0.0.1,10.0.0.2"} {
		if _, err := web.ReadProxies([]string{wrong}); err == nil {
			t.Errorf("%q is taken for a network", wrong)
		}
	}
}
