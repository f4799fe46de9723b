package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"wireroom/fault"
)

// Proxies are the servers in front whose word on who asked is believed.
type Proxies []netip.Prefix

// OwnMachine is the proxies unless the configuration names others: this machine.
func OwnMachine() Proxies {
	return Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// ReadProxies reads addresses and networks.
func ReadProxies(texts []string) (Proxies, error) {
	all := Proxies{}
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if a, bare := netip.ParseAddr(text); bare == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil || p.Addr().Is4In6() {
			return nil, fault.Invalid("proxies", "%.60q is no address or network such as 10.0.0.5 or 192.168.1.0/24", text)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

func (p Proxies) has(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(net netip.Prefix) bool { return net.Contains(a) })
}

type proxiesKey struct{}

// believing has From believe the proxies of a request.
func (p Proxies) believing(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), proxiesKey{}, p))
}

// From is the address that a request comes from; it is kept nowhere. A server
// in front of this one says who asked it, if it is one of the proxies: of those
// it names, the last that is no proxy itself.
func From(r *http.Request) (at netip.Addr, ok bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if at, err = netip.ParseAddr(host); err != nil {
		return at, false
	}
	at = at.Unmap().WithZone("")
	believed, set := r.Context().Value(proxiesKey{}).(Proxies)
	if !set {
		believed = OwnMachine()
	}
	told := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(told) - 1; i >= 0 && believed.has(at); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(told[i]))
		if err != nil {
			break
		}
		at = next.Unmap().WithZone("")
	}
	return at, true
}
