package agency

import (
	"errors"
	"path/filepath"
	"regexp"
	"strconv"

	"wireroom/mail"
)

// mailKeys are the keys by which letters go out. Without mail there are none,
// and links are handed over by people.
var mailKeys = []key{
	{"mail", "Who carries letters (sign-in links), as host:port. Empty is nobody:\nlinks are then handed over by people.",
		func(c *Config) string { return c.Mail.Addr },
		func(c *Config, s string) error { c.Mail.Addr = s; return checkMail(s) }, false},
	{"mail_from", "The address that letters come from, as desk@example.org or\nPozirk <desk@example.org>.",
		func(c *Config) string { return c.Mail.From },
		func(c *Config, s string) error { c.Mail.From = s; return nil }, false},
	{"mail_user", "The name by which the carrier knows us. Empty is none.",
		func(c *Config) string { return c.Mail.User },
		func(c *Config, s string) error { c.Mail.User = s; return nil }, false},
	{"mail_password", "The file that holds the password for it, relative to this folder.",
		func(c *Config) string { return c.Mail.Password },
		func(c *Config, s string) error { c.Mail.Password = s; return nil }, false},
	{"mail_tls", "How the line to the carrier is closed to others: starttls, tls (from\nthe first byte) or none, which is for a carrier on this machine.",
		func(c *Config) string { return c.Mail.TLS },
		func(c *Config, s string) error { c.Mail.TLS = s; return oneOf(s, mail.TLSWords()...) }, false},
	{"mail_pace", "How many letters of bulletins go to one domain in a minute; 0 is as\nmany as the carrier takes.",
		func(c *Config) string { return strconv.Itoa(c.MailPace) },
		func(c *Config, s string) (err error) { c.MailPace, err = countOrNone(s); return err }, true},
	{"mail_bounces", "The address to which bulletins come back that nobody takes, as\nbounce@example.org. Each goes out from bounce+MARK@example.org, so its\nmailbox must take what has a + in it. Empty is the sender's.",
		func(c *Config) string { return c.Mail.Bounces },
		func(c *Config, s string) error { c.Mail.Bounces = s; return nil }, false},
	{"mail_bounced", "The folder in which the mail server leaves them, one file each (a\nMaildir is one), relative to this folder. Empty is none.",
		func(c *Config) string { return c.MailBounced },
		func(c *Config, s string) error { c.MailBounced = s; return nil }, false},
	{"mail_dkim", "The selector of the key with which bulletins are signed, as wireroom.\nThe desk shows what to enter in the DNS. Empty signs nothing.",
		func(c *Config) string { return c.Mail.Selector },
		func(c *Config, s string) error { c.Mail.Selector = s; return checkSelector(s) }, false},
	{"mail_dkim_key", "The file of that key, relative to this folder; it is made the first\ntime.",
		func(c *Config) string { return c.Mail.Key },
		func(c *Config, s string) error { c.Mail.Key = s; return nil }, false},
	{"mail_dkim_kind", "What kind of key is made: rsa, which everybody can check, or ed25519,\nwhich signs many times faster and is not checked by all.",
		func(c *Config) string { return c.Mail.KeyKind },
		func(c *Config, s string) error { c.Mail.KeyKind = s; return oneOf(s, mail.KeyWords()...) }, false},
}

var selector = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

func checkSelector(s string) error {
	if s != "" && (len(s) > 63 || !selector.MatchString(s)) {
		return errors.New("it has small letters, digits and hyphens")
	}
	return nil
}

func countOrNone(s string) (int, error) {
	if s == "0" {
		return 0, nil
	}
	return count(s)
}

// inFolder is a path that is relative to the folder of the agency.
func (c Config) inFolder(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.Data, path)
}

func checkMail(s string) error {
	if s == "" {
		return nil
	}
	return checkAddr(s)
}

// post is who carries the letters; nil when nobody does. Invalid names a key.
func (c Config) post() (*mail.Post, error) {
	if c.Mail.Addr == "" {
		return nil, nil
	}
	s := c.Mail
	s.Password, s.Key = c.inFolder(s.Password), c.inFolder(s.Key)
	return mail.New(s)
}
