package push

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"wireroom/fault"
	"wireroom/wire"
)

// fileTime bounds the bringing of each file.
const fileTime = 30 * time.Second

// lay puts a parcel as files on a machine that speaks sftp, the document last:
// what it names lies there by then. Each is written under another name and
// renamed when it is whole, so that whoever watches the folder never reads a
// part. A repeat replaces the files by the same. What still lies there of a
// story that is taken back is taken away.
func (p *Push) lay(ctx context.Context, e Endpoint, c parcel) error {
	m, err := e.machine()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, fileTime*time.Duration(1+len(c.Files)))
	defer cancel()
	conn, err := p.courier.Dial(ctx, "tcp", m.at)
	if err != nil {
		return err
	}
	defer conn.Close()
	// The library knows no context: the end of the line ends what it does.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	client, err := p.signIn(ctx, e, m, conn)
	if err != nil {
		return err
	}
	defer client.Close()
	for _, f := range c.Files {
		if err := putFile(client, m.folder, f); err != nil {
			return fault.Internal("lay a picture", err)
		}
	}
	if err := put(client, m.folder, c.id+"."+c.Extension, bytes.NewReader(c.Body)); err != nil {
		return fault.Internal("lay a file", err)
	}
	if c.Withdraws {
		sweep(client, m.folder, c.earlier)
	}
	return nil
}

func (p *Push) signIn(ctx context.Context, e Endpoint, m machine, conn net.Conn) (*sftp.Client, error) {
	ours, err := ssh.ParsePrivateKey([]byte(e.Secret))
	if err != nil {
		return nil, fault.Internal("read our key", err)
	}
	ways := []ssh.AuthMethod{ssh.PublicKeys(ours)}
	if e.Password != "" {
		ways = append(ways, ssh.Password(e.Password))
	}
	c, channels, requests, err := ssh.NewClientConn(conn, m.at, &ssh.ClientConfig{
		User: m.name, Auth: ways, ClientVersion: "SSH-2.0-Wireroom",
		HostKeyCallback: func(_ string, _ net.Addr, key ssh.PublicKey) error { return p.knows(ctx, e, key) },
	})
	if err != nil {
		return nil, fault.Internal("sign in at "+m.at, err)
	}
	client, err := sftp.NewClient(ssh.NewClient(c, channels, requests))
	if err != nil {
		return nil, fault.Internal("speak sftp with "+m.at, err)
	}
	return client, nil
}

// errOtherKey says that a machine is not the one it was.
var errOtherKey = errors.New("the machine shows another key than at the first contact; if it was changed on purpose, forget the old one")

// knows compares the key that a machine shows with the one that it showed first.
// The endpoint may be older than the pin, so the table is asked.
func (p *Push) knows(ctx context.Context, e Endpoint, key ssh.PublicKey) error {
	shown := strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
	if e.HostKey == "" {
		if err := p.store.pin(ctx, e.ID, shown); err != nil {
			return err
		}
		var err error
		if e, err = p.store.Endpoint(ctx, e.Client, e.ID); err != nil {
			return err
		}
	}
	if e.HostKey != shown {
		return errOtherKey
	}
	return nil
}

func putFile(client *sftp.Client, folder string, f File) error {
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	defer r.Close()
	return put(client, folder, f.Name, r)
}

// hidden begins the names of what is not whole yet.
const hidden = "."

func put(client *sftp.Client, folder, name string, r io.Reader) error {
	part, whole := path.Join(folder, hidden+name+".part"), path.Join(folder, name)
	f, err := client.Create(part)
	if err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	_, err = f.ReadFrom(r)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%s: %w", part, err)
	}
	if err := client.PosixRename(part, whole); err != nil {
		// A machine without this extension cannot rename over a file.
		_ = client.Remove(whole)
		if err := client.Rename(part, whole); err != nil {
			return fmt.Errorf("%s: %w", whole, err)
		}
	}
	return nil
}

// sweep takes away what lies in a folder of some records, whole or in part. What
// the client has taken is not there any more, and what it lets nobody take away
// stays: the document that lies there by now tells it.
func sweep(client *sftp.Client, folder string, of []wire.Number) {
	all, err := client.ReadDir(cmp.Or(folder, "."))
	if err != nil {
		return
	}
	for _, one := range all {
		for _, n := range of {
			rest, ours := strings.CutPrefix(strings.TrimPrefix(one.Name(), hidden), eventID(n))
			if ours && (strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "-")) {
				_ = client.Remove(path.Join(folder, one.Name()))
			}
		}
	}
}
