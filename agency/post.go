package agency

import (
	"path/filepath"

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
	if s.Password != "" && !filepath.IsAbs(s.Password) {
		s.Password = filepath.Join(c.Data, s.Password)
	}
	return mail.New(s)
}
