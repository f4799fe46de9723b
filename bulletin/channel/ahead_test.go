package channel_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"wireroom/bulletin/channel"
	"wireroom/fault"
	"wireroom/story"
)

// comes waits until the feeder has brought it about that so much stands.
func (n *newsroom) comes(want string) {
	n.Helper()
	for n.bots.all() != want {
		select {
		case <-n.Context().Done():
			n.Fatalf("in the channel stands %q, never %q", n.bots.all(), want)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func (n *newsroom) refuses(what func(method string) int) {
	n.bots.mu.Lock()
	defer n.bots.mu.Unlock()
	n.bots.refuses = what
}

func TestAKillAndACorrectionReachAChannelAheadOfWhatWaits(t *testing.T) {
	each(t, func(n *newsroom) {
		n.channel(channel.Rules{})
		ctx, stop := context.WithCancel(n.ctx)
		done := make(chan struct{})
		go func() {
			defer close(done)
			n.feeder.Run(ctx, func(error) {}) // what Telegram refuses is tried again
		}()
		defer func() { stop(); <-done }()
		killed, mended := n.sends("Killed", nil), n.sends("Mended", nil)
		n.comes("Killed | Mended")
		n.refuses(func(method string) int {
			if method == "sendMessage" {
				return http.StatusTooManyRequests
			}
			return 0
		})
		n.sends("Waiting", nil)
		_, err := n.stories.Kill(n.ctx, editor, killed.ID, story.Say("No."))
		n.ok(err)
		c := mended.Content
		c.Headline = "Mended well"
		mended, err = n.stories.Revise(n.ctx, editor, mended.ID, mended.Revision, c)
		n.ok(err)
		_, err = n.stories.Correct(n.ctx, editor, mended.ID, mended.Revision, story.Say("It was well."))
		n.ok(err)
		n.comes("Mended well")
		n.refuses(nil)
		n.comes("Mended well | Waiting")
	})
}

func TestATokenIsNotSentToAnotherAddress(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.channel(channel.Rules{})
		c.Token, c.Name = "", "Renamed"
		kept, err := n.store.Save(n.ctx, editor, c, n.now)
		if err != nil || kept.Token != "TOKEN" {
			t.Errorf("the token is %q: %v", kept.Token, err)
		}
		c.Base = "https://other.example"
		if _, err := n.store.Save(n.ctx, editor, c, n.now); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("another address is taken without the token: %v", err)
		}
	})
}
