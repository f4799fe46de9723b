package db

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// pgChannel is the one channel of the server that carries the names of ours.
const pgChannel = "wireroom"

// wakes knows who in this process listens to what.
type wakes struct {
	mu   sync.Mutex
	next int
	ears map[int]ear
	deaf error       // why the server is not heard; nil while it is
	tell func(error) // nil while nobody asked
}

type ear struct {
	channel string
	bell    chan struct{}
}

// Listen gives a bell that rings after a commit that notified the channel.
// Rings come together: one may stand for many, and one may come for nothing,
// so look at the data after each. On SQLite it hears this process alone; on
// PostgreSQL all machines, and it also rings after a broken connection, when
// something may have been missed. Call stop when done.
func (d *DB) Listen(channel string) (bell <-chan struct{}, stop func()) {
	return d.wakes.listen(channel)
}

func (w *wakes) listen(channel string) (<-chan struct{}, func()) {
	bell := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ears == nil {
		w.ears = map[int]ear{}
	}
	w.next++
	key := w.next
	w.ears[key] = ear{channel, bell}
	return bell, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.ears, key)
	}
}

// wake rings for the channel; "" rings for all.
func (w *wakes) wake(channel string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.ears {
		if channel != "" && e.channel != channel {
			continue
		}
		select {
		case e.bell <- struct{}{}:
		default:
		}
	}
}

// OnDeaf has tell called when the server stops being heard, once each time: from
// then on nobody is woken by another machine until it is heard again.
func (d *DB) OnDeaf(tell func(error)) {
	d.wakes.mu.Lock()
	d.wakes.tell = tell
	deaf := d.wakes.deaf
	d.wakes.mu.Unlock()
	if deaf != nil {
		tell(deaf)
	}
}

// hears notes whether the server is heard.
func (w *wakes) hears(err error) {
	w.mu.Lock()
	was, tell := w.deaf, w.tell
	w.deaf = err
	w.mu.Unlock()
	if err != nil && was == nil && tell != nil {
		tell(err)
	}
}

// listen hears the server's notifications on a connection of its own, which
// is made anew whenever it breaks, until the returned function is called.
func listen(config *pgx.ConnConfig, w *wakes) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if err := hear(ctx, config, w); ctx.Err() == nil {
				w.hears(err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// hear wakes whoever the server says, until something fails.
func hear(ctx context.Context, config *pgx.ConnConfig, w *wakes) error {
	conn, err := pgx.ConnectConfig(ctx, config.Copy())
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(ctx, "LISTEN "+pgChannel); err != nil {
		return err
	}
	w.hears(nil)
	w.wake("")
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		w.wake(n.Payload)
	}
}
