package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// From is the address that a request comes from; it is kept nowhere. A server
// in front of this one, on this machine or beside it, says who asked it.
func From(r *http.Request) (at netip.Addr, ok bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if at, err = netip.ParseAddr(host); err != nil {
		return at, false
	}
	if lines := r.Header.Values("X-Forwarded-For"); (at.IsLoopback() || at.IsPrivate()) && len(lines) > 0 {
		all := strings.Split(lines[len(lines)-1], ",")
		if told, err := netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err == nil {
			at = told
		}
	}
	return at.Unmap().WithZone(""), true
}
