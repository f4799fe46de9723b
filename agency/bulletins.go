package agency

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/bulletin/cuttings"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/story"
)

// sendBulletins composes and sends the bulletins until the context ends; where
// nobody carries letters there are none.
func (a *Agency) sendBulletins(ctx context.Context) {
	if a.post == nil {
		return
	}
	a.Sender(a.post).Run(ctx, func(err error) { a.Log.Error("a bulletin does not go on", "error", err) })
}

// Sender sends bulletins by a carrier, as the site prints them.
func (a *Agency) Sender(by *mail.Post) *bulletin.Sender {
	readers := a.face().site
	return &bulletin.Sender{Store: a.Letters, Post: by, Print: readers.Digest, Quit: readers.QuitURL, Pace: a.Config.MailPace}
}

// sendCuttings tells readers of what they follow until the context ends; where
// nobody carries letters nobody is told.
func (a *Agency) sendCuttings(ctx context.Context) {
	if a.post == nil {
		return
	}
	a.Teller(a.post).Run(ctx, func(err error) { a.Log.Error("letters about what readers follow do not go on", "error", err) })
}

// Teller writes the letters about what readers follow, as the site prints them.
func (a *Agency) Teller(by *mail.Post) *cuttings.Teller {
	readers := a.face().site
	service := &cuttings.Service{Readers: a.Readers, Door: a.door, Wire: a.Wire, Register: a.Register, Masthead: a.house.get, Now: a.now}
	return &cuttings.Teller{Service: service, Post: by, Print: readers.Cutting, Quit: readers.CuttingQuitURL}
}

// feedChannels posts in the channels until the context ends.
func (a *Agency) feedChannels(ctx context.Context) {
	a.Feeder().Run(ctx, func(err error) { a.Log.Error("a channel does not go on", "error", err) })
}

// Feeder posts in channels, as the site prints postings.
func (a *Agency) Feeder() *channel.Feeder {
	readers := a.face().site
	return &channel.Feeder{Store: a.Channels, Courier: a.courier, Door: a.door, Wire: a.Wire, Print: readers.Posting, Struck: readers.Struck,
		Unsure: func(c channel.Channel, n story.Number) {
			a.Log.Warn("a story may stand twice in a channel; the first of the two is to be taken out by hand", "channel", c.Name, "story", n)
		}}
}

// ringBrowsers rings readers' browsers until the context ends.
func (a *Agency) ringBrowsers(ctx context.Context) {
	a.Ringer().Run(ctx, func(err error) { a.Log.Error("alerts do not go on", "error", err) })
}

// Ringer rings readers' browsers, as the site prints alerts.
func (a *Agency) Ringer() *alert.Sender {
	readers := a.face().site
	return &alert.Sender{Store: a.Alerts, Courier: a.courier, Door: a.door, Wire: a.Wire, Print: readers.Ring, Struck: readers.Unring}
}

const (
	// bounces is how often it is looked for letters that came back.
	bounces = time.Minute
	// bounceAge is how long such a letter is kept that cannot be read.
	bounceAge = 7 * 24 * time.Hour
)

// readBounces counts the letters that came back, and throws them away: each
// names a reader.
func (a *Agency) readBounces(ctx context.Context) {
	if a.Config.MailBounced == "" {
		return
	}
	tick := time.NewTicker(bounces)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := a.takeBounces(ctx); err != nil {
			a.stumble(ctx, "letters that came back cannot be read", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// takeBounces reads each file of the folder once. What is being written into a
// Maildir stands in tmp until it is whole.
func (a *Agency) takeBounces(ctx context.Context) error {
	folder := a.Config.inFolder(a.Config.MailBounced)
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "tmp" && path != folder {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		return a.takeBounce(ctx, path, d)
	})
}

func (a *Agency) takeBounce(ctx context.Context, path string, d fs.DirEntry) error {
	f, err := os.Open(path)
	if err != nil {
		return fault.Internal("read a letter that came back", err)
	}
	back, err := mail.ReadBounce(f)
	_ = f.Close()
	if err == nil {
		err = a.Letters.CameBack(ctx, back)
	}
	if fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindNotFound) {
		// Somebody may want to see what it is that nobody can use, for a while.
		if info, err := d.Info(); err != nil || a.now().Sub(info.ModTime()) < bounceAge {
			return err
		}
		err = nil
	}
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil {
		return fault.Internal("throw away a letter that came back", err)
	}
	return nil
}
