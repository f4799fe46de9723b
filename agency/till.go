package agency

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/fault"
)

// tillSettings are what the program is told of its till.
type tillSettings struct {
	Name    string // "", test or stripe
	Key     string // file of Stripe's key
	Webhook string // file of the secret of Stripe's webhook
}

// tillKeys are the keys by which readers pay. Without a till nothing is sold.
var tillKeys = []key{
	{"till", "Where readers pay: stripe, or test, which takes no money. Empty is\nnowhere: passes are then given by hand or by codes.",
		func(c *Config) string { return c.Till.Name },
		func(c *Config, s string) error { c.Till.Name = s; return oneOf(s, "", "stripe", "test") }, false},
	{"stripe_key", "The file that holds our key at Stripe, relative to this folder.",
		func(c *Config) string { return c.Till.Key },
		func(c *Config, s string) error { c.Till.Key = s; return nil }, false},
	{"stripe_webhook", "The file that holds the key of Stripe's webhook, whose address is\n/till/stripe. Make the webhook with the version " + till.Version + " and the\nevents that docs/till.md names.",
		func(c *Config) string { return c.Till.Webhook },
		func(c *Config, s string) error { c.Till.Webhook = s; return nil }, false},
}

// till is where readers pay; nil is nowhere. Invalid names a key.
func (c Config) till(now func() time.Time) (audience.Till, error) {
	switch c.Till.Name {
	case "test":
		return till.NewTest(now), nil
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
	return nil, nil
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
