package agency

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/fault"
)

// tillSettings are what the program is told of its till.
type tillSettings struct {
	Names   string // stripe, manual, test, with commas between
	Key     string // file of Stripe's key
	Webhook string // file of the secret of Stripe's webhook
}

// tillKeys are the keys by which readers pay. Without a till nothing is sold.
var tillKeys = []key{
	{"till", "Where readers pay: stripe; manual, at the agency itself, by bank or\nin cash, and the staff say what has come; or test, which takes no money.\nSeveral are written with a comma. Empty is nowhere: passes are then given\nby hand or by codes.",
		func(c *Config) string { return c.Till.Names },
		func(c *Config, s string) error {
			c.Till.Names = s
			return eachOf(tillNames(s), "stripe", audience.ByHand, "test")
		}, false},
	{"stripe_key", "The file that holds our key at Stripe, relative to this folder.",
		func(c *Config) string { return c.Till.Key },
		func(c *Config, s string) error { c.Till.Key = s; return nil }, false},
	{"stripe_webhook", "The file that holds the key of Stripe's webhook, whose address is\n/till/stripe. Make the webhook with the version " + till.Version + " and the\nevents that docs/till.md names.",
		func(c *Config) string { return c.Till.Webhook },
		func(c *Config, s string) error { c.Till.Webhook = s; return nil }, false},
}

// tillNames reads the tills of a line.
func tillNames(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// eachOf wants each of the names to be one of those, and to stand there once.
func eachOf(names []string, known ...string) error {
	for i, name := range names {
		if err := oneOf(name, known...); err != nil {
			return err
		}
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("%q stands there twice", name)
		}
	}
	return nil
}

// tills are where readers pay. Invalid names a key.
func (c Config) tills(now func() time.Time) ([]audience.Till, error) {
	var all []audience.Till
	for _, name := range tillNames(c.Till.Names) {
		t, err := c.till(name, now)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func (c Config) till(name string, now func() time.Time) (audience.Till, error) {
	switch name {
	case "test":
		return till.NewTest(now), nil
	case audience.ByHand:
		return till.Manual{}, nil
	case "stripe":
		key, err := c.secretIn("stripe_key", c.Till.Key)
		if err != nil {
			return nil, err
		}
		webhook, err := c.secretIn("stripe_webhook", c.Till.Webhook)
		if err != nil {
			return nil, err
		}
		return till.NewStripe(till.StripeSettings{Key: key, Secret: webhook}, now)
	}
	return nil, fault.Invalid("till", "there is no till %q", name)
}

// secretIn reads a file that a key names.
func (c Config) secretIn(name, path string) (string, error) {
	if path == "" {
		return "", fault.Invalid(name, "the till needs this file")
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.Data, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fault.Invalid(name, "%v", fmt.Errorf("it cannot be read: %w", err))
	}
	return string(text), nil
}
