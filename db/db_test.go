package db_test

import (
	"context"
	"errors"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestAWriteIsAllOrNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		stop := errors.New("stop")
		called := false
		err := d.Do(ctx, func(tx *db.Tx) error {
			tx.After(func() { called = true })
			if _, err := tx.Exec(ctx, "INSERT INTO reader (id, name) VALUES (?1, ?2)", "a", "Ала"); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || called || count(t, d, "reader") != 0 {
			t.Fatalf("err %v, called %v, %d rows", err, called, count(t, d, "reader"))
		}
		err = d.Do(ctx, func(tx *db.Tx) error {
			tx.After(func() { called = count(t, d, "reader") == 1 })
			_, err := tx.Exec(ctx, "INSERT INTO reader (name, id) VALUES (?2, ?1)", "a", "Ала")
			return err
		})
		if err != nil || !called {
			t.Fatalf("err %v; After saw the row: %v", err, called)
		}
		var name string
		if err := d.QueryRow(ctx, "SELECT name FROM reader WHERE id = ?1", "a").Scan(&name); err != nil || name != "Ала" {
			t.Fatalf("%q, %v", name, err)
		}
	})
}

func count(t *testing.T, d db.Reader, table string) int {
	t.Helper()
	var n int
	if err := d.QueryRow(context.Background(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
