package db_test

import (
	"errors"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestOneTransactionAfterAnotherRunsTheSameText(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stop := errors.New("stop")
		for i, name := range []string{"Ала", "Базыль", "Вера", "Гуня"} {
			err := d.Do(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec(t.Context(), "INSERT INTO reader (id, name) VALUES (?1, ?2)", name, name); err != nil {
					return err
				}
				var got string
				if err := tx.QueryRow(t.Context(), "SELECT name FROM reader WHERE id = ?1", name).Scan(&got); err != nil || got != name {
					t.Errorf("transaction %d reads %q, %v", i, got, err)
				}
				if i == 2 {
					return stop
				}
				return nil
			})
			if i != 2 && err != nil || i == 2 && !errors.Is(err, stop) {
				t.Errorf("transaction %d ends with %v", i, err)
			}
		}
		if n := count(t, d, "reader"); n != 3 {
			t.Errorf("of three readers %d are kept", n)
		}
	})
}

func TestATextThatIsWrongIsWrongEachTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for range 3 {
			err := d.Do(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(t.Context(), "INSERT INTO nowhere (id) VALUES (?1)", 1)
				return err
			})
			if err == nil {
				t.Error("it goes into a table that is not there")
			}
		}
	})
}
