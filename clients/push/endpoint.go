package push

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/pem"
	"net"
	"net/mail"
	"net/url"
	"path"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"wireroom/courier"
	"wireroom/fault"
	"wireroom/wire"
)

// ID is an endpoint's identity for ever.
type ID string

// Way is how news are brought to an endpoint.
type Way string

// The ways.
const (
	Webhook Way = "webhook" // by a signed request, after Standard Webhooks
	SFTP    Way = "sftp"    // as files
	Mail    Way = "mail"    // as letters
)

// Ways are all ways, in the order in which they are offered.
func Ways() []Way { return []Way{Webhook, SFTP, Mail} }

// overlap is how long the secret before counts beside a new one.
const overlap = 24 * time.Hour

// mostAddress bounds an address, in bytes.
const mostAddress = 500

// Endpoint is an address of a client to which the wire is brought.
type Endpoint struct {
	ID      ID
	Client  string // whose it is, by id
	Way     Way
	Address string // https://…, sftp://name@host/folder or an e-mail address
	Format  string // a name of a format; "" is the one that is usual
	// Pictures has the pictures of a story brought as files, beside its text by
	// sftp and within a letter.
	Pictures bool

	Secret   string // signs webhooks, "whsec_…"; of sftp our private key; of all what confirms receipts
	Before   string // the secret before, which counts until Until
	Until    time.Time
	Password string // of sftp; "" is by our key
	HostKey  string // of the sftp machine, pinned at the first contact; "" before

	Made    time.Time
	Resumed time.Time
	Paused  bool
	Gone    time.Time   // when it answered that it is gone for ever and was switched off; zero is not
	Cursor  wire.Number // the last record that was brought, or passed, in order
	Express wire.Number // the same of what overtakes
}

// Follower is the endpoint's name among those who follow the wire.
func (e Endpoint) Follower() string { return followerSign + string(e.ID) }

const followerSign = "push "

// IsFollower reports which endpoint follows the wire by a name.
func IsFollower(name string) (ID, bool) {
	id, ok := strings.CutPrefix(name, followerSign)
	return ID(id), ok
}

// Host is the part of the address by which people know an endpoint.
func (e Endpoint) Host() string {
	if u, err := url.Parse(e.Address); err == nil && u.Host != "" {
		return u.Host
	}
	return e.Address
}

// checked takes an endpoint as it was typed.
func (e Endpoint) checked(c *courier.Courier) (Endpoint, error) {
	e.Address = strings.TrimSpace(e.Address)
	if len(e.Address) > mostAddress {
		return e, fault.Invalid("address", "an address has at most %d characters", mostAddress)
	}
	switch e.Way {
	case Webhook:
		u, err := c.Check(e.Address)
		if err == nil && u.Scheme != "https" && !c.Near(u.Hostname()) {
			err = fault.Invalid("address", "a webhook is reached by https")
		}
		if err == nil && u.Fragment != "" {
			err = fault.Invalid("address", "what follows # would not be sent")
		}
		return e, err
	case SFTP:
		_, err := e.machine()
		return e, err
	case Mail:
		a, err := mail.ParseAddress(e.Address)
		if err != nil || a.Name != "" {
			return e, fault.Invalid("address", "an address is written like news@example.org")
		}
		e.Address = a.Address
		return e, nil
	}
	return e, fault.Invalid("way", "there is no way %.20q", e.Way)
}

// machine is where an endpoint of files lies.
type machine struct{ name, at, folder string }

func (e Endpoint) machine() (machine, error) {
	u, err := url.Parse(e.Address)
	if err != nil || u.Scheme != "sftp" || u.Hostname() == "" || u.User == nil || u.User.Username() == "" {
		return machine{}, fault.Invalid("address", "an address is written like sftp://name@example.org/folder")
	}
	if _, has := u.User.Password(); has {
		return machine{}, fault.Invalid("address", "the password has a field of its own")
	}
	port := u.Port()
	if port == "" {
		port = "22"
	}
	return machine{u.User.Username(), net.JoinHostPort(u.Hostname(), port), path.Clean("/" + u.Path)[1:]}, nil
}

// PublicKey is the key by which the sftp machine may know us, as a line of
// authorized_keys; "" for the other ways.
func (e Endpoint) PublicKey() string {
	if e.Way != SFTP {
		return ""
	}
	key, err := ssh.ParsePrivateKey([]byte(e.Secret))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey())))
}

// Fingerprint is the pinned key of the sftp machine as people compare it; ""
// while there is none.
func (e Endpoint) Fingerprint() string {
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(e.HostKey))
	if err != nil {
		return ""
	}
	return ssh.FingerprintSHA256(key)
}

// newSecret draws what a way needs.
func newSecret(way Way) (string, error) {
	switch way {
	case Webhook:
		b := make([]byte, 32)
		_, _ = rand.Read(b)
		return secretSign + base64.StdEncoding.EncodeToString(b), nil
	case SFTP:
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return "", fault.Internal("make a key", err)
		}
		block, err := ssh.MarshalPrivateKey(private, "wireroom")
		if err != nil {
			return "", fault.Internal("make a key", err)
		}
		return string(pem.EncodeToMemory(block)), nil
	case Mail:
		return rand.Text(), nil
	}
	return "", nil
}
