package courier

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"wireroom/fault"
)

// dialTime is how long a connection may take to stand.
const dialTime = 10 * time.Second

// Settings are what a courier is told.
type Settings struct {
	Allowed  []string       // hosts, addresses and networks that are exempt
	Agent    func() string  // how we name ourselves to those we ask; nil is by the program's name
	Resolver *net.Resolver  // nil is the system's
	Roots    *x509.CertPool // whose certificates are trusted; nil is the system's
}

// Courier goes to addresses that people typed.
type Courier struct {
	agent    func() string
	names    map[string]bool
	networks []netip.Prefix
	resolver *net.Resolver
	http     *http.Transport
}

// New makes a courier; Invalid when what is allowed is neither a host nor a
// network.
func New(s Settings) (*Courier, error) {
	c := &Courier{agent: s.Agent, names: map[string]bool{}, resolver: s.Resolver}
	if c.agent == nil {
		c.agent = func() string { return "Wireroom" }
	}
	for _, one := range s.Allowed {
		if err := c.allow(one); err != nil {
			return nil, err
		}
	}
	c.http = transport(c.Dial, s.Roots)
	return c, nil
}

func (c *Courier) allow(one string) error {
	if p, err := netip.ParsePrefix(one); err == nil {
		c.networks = append(c.networks, p.Masked())
		return nil
	}
	if a, err := netip.ParseAddr(one); err == nil {
		c.networks = append(c.networks, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
		return nil
	}
	name := hostName(one)
	if name == "" || strings.ContainsAny(name, "/:@ *") {
		return fault.Invalid("outbound", "%.100q is neither a host nor a network", one)
	}
	c.names[name] = true
	return nil
}

// hostName is a host as it is compared.
func hostName(s string) string { return strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), ".") }

// Near reports whether the settings exempt a host, by its name or address: it
// is then in the agency's own house.
func (c *Courier) Near(host string) bool {
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return c.names[hostName(host)] || err == nil && c.inNetworks(a)
}

func (c *Courier) inNetworks(a netip.Addr) bool {
	return slices.ContainsFunc(c.networks, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
}

// may looks at an address that is about to be dialled for a host.
func (c *Courier) may(host string, a netip.Addr) error {
	if c.names[hostName(host)] || c.inNetworks(a) {
		return nil
	}
	if !public(a) {
		return refused(host)
	}
	mine, err := own(a)
	if err == nil && mine {
		err = refused(host)
	}
	return err
}

// Dial connects to host:port by TCP; Forbidden where it may not go. The address
// is looked at when the connection is made, so it makes no difference what a
// name meant a moment before.
func (c *Courier) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil || host == "" {
		return nil, fault.Invalid("address", "%.100q is not host:port", address)
	}
	if err := c.mayPort(host, port); err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: dialTime, KeepAlive: 30 * time.Second, Resolver: c.resolver,
		Control: func(_, dialled string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(dialled)
			if err != nil {
				return refused(host)
			}
			return c.may(host, to.Addr())
		}}
	return d.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
}

// mayPort keeps the courier from speaking to services that are neither the web
// nor made to take files: what it says could be read as their own tongue.
func (c *Courier) mayPort(host, port string) error {
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65535 {
		return fault.Invalid("address", "%.20q is no port", port)
	}
	if n < 1024 && !slices.Contains([]int{22, 80, 443}, n) && !c.Near(host) {
		return fault.Forbidden("address", "port %d is not open to us; 22, 80, 443 and those above 1023 are", n)
	}
	return nil
}
