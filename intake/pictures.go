package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"wireroom/courier"
	"wireroom/fault"
	"wireroom/media"
	"wireroom/story"
)

const (
	// mostPicture is how many bytes a picture of an archive may have.
	mostPicture = 32 << 20
	// mostRemembered bounds the addresses whose picture we know.
	mostRemembered = 100_000
	// fetchTime is for one picture over a slow line.
	fetchTime = 2 * time.Minute
)

// Pictures says where the pictures of an archive are.
type Pictures struct {
	Store   *media.Store
	Folders []string         // with copies of the site's folders; the files' own come by themselves
	Courier *courier.Courier // fetches what no folder has; nil fetches nothing
	Pause   time.Duration    // between two that are fetched, so that no site is overrun
}

// gallery finds pictures by the addresses that texts have.
type gallery struct {
	Pictures
	known   map[string]string // ids by address; "" is none to be had
	why     map[string]string
	fetched bool
}

func newGallery(p Pictures) *gallery {
	return &gallery{Pictures: p, known: map[string]string{}, why: map[string]string{}}
}

// hang puts pictures' ids where a text has their addresses. What is not to be
// had is taken out, told, and noted for the desk.
func (r *run) hang(ctx context.Context, from place, line int, c *story.Content) error {
	for n := 0; n < len(c.Body.Blocks); n++ {
		b := c.Body.Blocks[n]
		if b.Type != story.PictureNode || b.Attrs == nil {
			continue
		}
		address := b.Attrs.Picture
		id, why, err := r.gallery.find(ctx, from, address, r.o.DryRun)
		if err != nil {
			return err
		}
		if id != "" {
			r.report.Pictures++
			b.Attrs.Picture = id
			continue
		}
		r.report.misses(from.path, line, address+": "+why)
		note := "picture: " + address
		if b.Attrs.Caption != "" {
			note += " (" + b.Attrs.Caption + ")"
		}
		if len(c.Note)+len(note) < story.MaxText {
			c.Note = strings.TrimSpace(c.Note + "\n" + note)
		}
		dropped(c, n)
		n--
	}
	return nil
}

// rehearsed stands for the id of a picture that a dry run has seen.
const rehearsed = "seen"

func (g *gallery) find(ctx context.Context, from place, address string, dry bool) (id, why string, err error) {
	key := address
	if !strings.Contains(address, "://") && !strings.HasPrefix(address, "/") {
		key = from.path + "\x00" + address
	}
	if id, ok := g.known[key]; ok {
		return id, g.why[key], nil
	}
	id, why, err = g.take(ctx, from, address, dry)
	if err != nil {
		return "", "", err
	}
	if len(g.known) < mostRemembered {
		g.known[key] = id
		if why != "" {
			g.why[key] = why
		}
	}
	return id, why, nil
}

func (g *gallery) take(ctx context.Context, from place, address string, dry bool) (id, why string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", "this is no address", nil
	}
	data, err := g.local(from, u, dry)
	switch {
	case err != nil:
		return "", "", err
	case data != nil && dry:
		return rehearsed, "", nil
	case data == nil && g.Courier == nil:
		return "", "no folder has it", nil
	case data == nil && dry:
		return "", "it would be fetched", nil
	case data == nil:
		if data, why, err = g.fetch(ctx, u); data == nil || err != nil {
			return "", why, err
		}
	}
	if g.Store == nil {
		return "", "pictures are not kept here", nil
	}
	p, err := g.Store.Add(bytes.NewReader(data))
	if fault.Is(err, fault.KindInternal) {
		return "", "", err
	}
	if err != nil {
		return "", err.Error(), nil
	}
	return p.ID, "", nil
}

// sized is how WordPress names the smaller forms of a picture.
var sized = regexp.MustCompile(`-\d+x\d+(\.\w+)$`)

// local looks for a picture in the folders: under its whole path, beside the page,
// and under its path in the folder where the system keeps pictures. A nil is
// none; a dry run gets no more than that there is one.
func (g *gallery) local(from place, u *url.URL, dry bool) ([]byte, error) {
	names := []string{u.Path}
	if u.Host == "" && !strings.HasPrefix(u.Path, "/") {
		names = append(names, path.Join(path.Dir(from.name), u.Path))
	}
	for _, shelf := range []string{"wp-content/uploads/", "content/images/", "content/media/"} {
		if _, rest, ok := strings.Cut(u.Path, shelf); ok {
			names = append(names, shelf+rest, strings.TrimPrefix(shelf, "wp-content/")+rest, strings.TrimPrefix(shelf, "content/")+rest, rest)
		}
	}
	for _, dir := range append([]string{filepath.Dir(from.path), from.dir}, g.Folders...) {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, unreadable(dir, err)
		}
		data, err := among(root, names, dry)
		if closing := root.Close(); err == nil && closing != nil {
			err = fault.Internal("close "+dir, closing)
		}
		if data != nil || err != nil {
			return data, err
		}
	}
	return nil, nil
}

func among(root *os.Root, names []string, dry bool) ([]byte, error) {
	for _, name := range names {
		for _, try := range []string{sized.ReplaceAllString(name, "$1"), name} {
			try = strings.TrimPrefix(path.Clean("/"+try), "/")
			if try == "" {
				continue
			}
			f, err := root.Open(filepath.FromSlash(try))
			if err != nil {
				continue // there is none, or it would lie outside
			}
			data, err := content(f, dry)
			f.Close()
			if data != nil || err != nil {
				return data, err
			}
		}
	}
	return nil, nil
}

func content(f fs.File, dry bool) ([]byte, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostPicture {
		return nil, nil
	}
	if dry {
		return []byte{}, nil
	}
	data, err := io.ReadAll(io.LimitReader(f, mostPicture))
	if err != nil {
		return nil, fault.Internal("read a picture", err)
	}
	return data, nil
}

// fetch asks the old site, one picture after another.
func (g *gallery) fetch(ctx context.Context, u *url.URL) (data []byte, why string, err error) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, "no folder has it, and its address is not whole", nil
	}
	if g.fetched && g.Pause > 0 {
		wait := time.NewTimer(g.Pause)
		defer wait.Stop()
		select {
		case <-ctx.Done():
			return nil, "", ctx.Err()
		case <-wait.C:
		}
	}
	g.fetched = true
	a, err := g.Courier.Do(ctx, courier.Errand{Address: u.String(), Most: mostPicture, Time: fetchTime, Hops: 3})
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case err != nil:
		var f *fault.Error
		if errors.As(err, &f) {
			return nil, f.Why, nil
		}
		return nil, err.Error(), nil
	case !a.OK():
		return nil, fmt.Sprintf("the site answers %d", a.Status), nil
	}
	return a.Body, "", nil
}
