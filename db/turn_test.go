package db_test

import (
	"context"
	"sync"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestOneMachineWorksAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		var all sync.WaitGroup
		working, worked := 0, 0
		wrong := func(err error) { t.Error(err) }
		for range 3 {
			all.Go(func() {
				err := d.Alone(t.Context(), "push", wrong, func(context.Context) {
					mu.Lock()
					working++
					if working > 1 {
						t.Error("two work at once")
					}
					mu.Unlock()
					if err := d.Alone(t.Context(), "another", wrong, func(context.Context) {}); err != nil {
						t.Error(err)
					}
					mu.Lock()
					working--
					worked++
					mu.Unlock()
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if worked != 3 {
			t.Errorf("%d worked", worked)
		}
	})
}

func TestATurnThatIsTakenAwayEndsTheWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Alone(t.Context(), "push", func(err error) { t.Error(err) }, func(ctx context.Context) {
			err := d.Do(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `UPDATE turn SET holder = 'another' WHERE name = 'push'`)
				return err
			})
			if err != nil {
				t.Error(err)
			}
			<-ctx.Done()
		})
		if err != nil {
			t.Error(err)
		}
	})
}
