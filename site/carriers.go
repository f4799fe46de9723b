package site

import (
	"context"
	"sync"
	"time"

	"wireroom/mail"
)

const (
	mostWaiting = 500 // letters in memory; more are not sent
	mostBusy    = 4   // letters under way at once
	letterTime  = time.Minute
)

// carriers send letters beside the answer, so that its time does not tell
// whether there was one. Letters wait in memory and nowhere else.
type carriers struct {
	send  func(context.Context, mail.Letter) error
	wrong func(error)

	mu      sync.Mutex
	waiting []mail.Letter
	busy    int
}

// take accepts a letter; false when too many wait.
func (c *carriers) take(l mail.Letter) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) >= mostWaiting {
		return false
	}
	c.waiting = append(c.waiting, l)
	if c.busy < mostBusy {
		c.busy++
		go c.carry()
	}
	return true
}

func (c *carriers) carry() {
	for {
		l, ok := c.next()
		if !ok {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), letterTime)
		if err := c.send(ctx, l); err != nil {
			c.wrong(err)
		}
		cancel()
	}
}

// next is the letter that has waited longest; false ends the carrier.
func (c *carriers) next() (mail.Letter, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 0 {
		c.busy--
		return mail.Letter{}, false
	}
	l := c.waiting[0]
	c.waiting = c.waiting[1:]
	return l, true
}
