package clients

import (
	"net/netip"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
)

// ID is a client's identity for ever.
type ID string

// Client is an organisation that buys the wire.
type Client struct {
	ID       ID
	Name     string
	Starts   time.Time     // the first instant of the contract
	Ends     time.Time     // the first instant after it; zero is open-ended
	Depth    int           // days of the archive; 0 is all of it
	Early    bool          // stories under embargo are delivered, with the embargo
	Delay    time.Duration // whole minutes after the first sending; 0 is at once
	Rate     int           // requests in a minute
	Alarm    time.Duration // whole minutes without a receipt until chiefs are told; 0 is never
	Formats  []string      // names of formats; none is all
	Brackets Brackets
	Networks []netip.Prefix // from which its tokens count; none is all
	Contact  string         // address for corrections, holds and kills; "" is none
	Lang     masthead.Lang  // of letters
	Seats    int            // of the contract; changed by SaveSeats alone
	Wanted   int            // seats that its administrator has asked for; 0 is none
	Products []Product
	Past     []reveal.Terms // what the contract was before, the oldest first
}

// Brackets is how a client has the editor's insertions.
type Brackets string

// The brackets.
const (
	Square Brackets = "square"
	Round  Brackets = "round" // for systems that lose the square ones
)

// Product is a saved selection that a client has bought.
type Product struct {
	ID   string
	Name string
	Lets reveal.Selection
}

// Bounds of what a contract may say.
const (
	DefaultRate = 120
	maxRate     = 100_000
	maxDepth    = 36_500
	maxMinutes  = 30 * 24 * 60
	maxProducts = 50
	maxWords    = 100
	maxText     = 200
)

// Open reports whether the contract counts at the instant.
func (c Client) Open(now time.Time) bool {
	return !now.Before(c.Starts) && (c.Ends.IsZero() || now.Before(c.Ends))
}

// Over reports whether the contract has ended by the instant. What it gave is
// still taken back from the client, and no more is given.
func (c Client) Over(now time.Time) bool { return !c.Ends.IsZero() && !now.Before(c.Ends) }

// Viewer is the client before the door of reveal.
func (c Client) Viewer(now time.Time) reveal.Viewer {
	t := c.terms()
	return reveal.Client(reveal.Contract{Client: string(c.ID), Products: t.Products, From: t.From, Until: t.Until, Early: t.Early,
		Delay: t.Delay, Depth: t.Depth, Past: c.Past}, now)
}

// terms are what the contract gives.
func (c Client) terms() reveal.Terms {
	t := reveal.Terms{From: c.Starts, Until: c.Ends, Early: c.Early, Delay: c.Delay, Depth: time.Duration(c.Depth) * 24 * time.Hour}
	for _, p := range c.Products {
		t.Products = append(t.Products, p.Lets)
	}
	return t
}

// From reports whether tokens of the client count at an address.
func (c Client) From(a netip.Addr) bool {
	if len(c.Networks) == 0 {
		return true
	}
	for _, n := range c.Networks {
		if n.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// checked takes a client as it was typed.
func (c Client) checked() (Client, error) {
	c.Name, c.Contact = strings.TrimSpace(c.Name), strings.TrimSpace(c.Contact)
	if c.Brackets == "" {
		c.Brackets = Square
	}
	if c.Rate == 0 {
		c.Rate = DefaultRate
	}
	switch {
	case c.Name == "" || len(c.Name) > maxText:
		return c, fault.Invalid("name", "a client needs a name")
	case c.Starts.IsZero():
		return c, fault.Invalid("starts", "a contract needs its first day")
	case !c.Ends.IsZero() && !c.Ends.After(c.Starts):
		return c, fault.Invalid("ends", "a contract ends after it begins")
	case c.Depth < 0 || c.Depth > maxDepth:
		return c, fault.Invalid("depth", "the archive is given for 0 (all of it) to %d days", maxDepth)
	case c.Rate < 1 || c.Rate > maxRate:
		return c, fault.Invalid("rate", "a client may ask from 1 to %d times in a minute", maxRate)
	case !minutes(c.Delay):
		return c, fault.Invalid("delay", "a delay is whole minutes, at most 30 days")
	case c.Early && c.Delay > 0:
		return c, fault.Invalid("delay", "who is given stories early is not given them late")
	case !minutes(c.Alarm):
		return c, fault.Invalid("alarm", "chiefs are told after whole minutes, at most 30 days")
	case c.Brackets != Square && c.Brackets != Round:
		return c, fault.Invalid("brackets", "brackets are square or round")
	case c.Contact != "" && !isAddress(c.Contact):
		return c, fault.Invalid("contact", "an address is written like desk@example.org")
	}
	return c, nil
}

func minutes(d time.Duration) bool {
	return d >= 0 && d <= maxMinutes*time.Minute && d%time.Minute == 0
}

func isAddress(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.Contains(host, ".") && len(s) <= maxText && !strings.ContainsAny(s, " \r\n\t,<>")
}

// checked takes a product as it was typed.
func (p Product) checked() (Product, error) {
	p.Name = strings.TrimSpace(p.Name)
	if p.Name == "" || len(p.Name) > maxText {
		return p, fault.Invalid("product", "a product needs a name")
	}
	if p.Lets.Urgency < 0 || p.Lets.Urgency > 9 {
		return p, fault.Invalid("urgency", "an urgency is from 1 to 9")
	}
	for _, words := range [][]string{p.Lets.Words, p.Lets.BlockWords} {
		if len(words) > maxWords {
			return p, fault.Invalid("words", "a product has at most %d words", maxWords)
		}
		for _, w := range words {
			if len(reveal.Words(w)) == 0 || len(w) > maxText {
				return p, fault.Invalid("words", "%.60q is no word", w)
			}
		}
	}
	return p, nil
}
