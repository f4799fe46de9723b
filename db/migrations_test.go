package db_test

import (
	"path/filepath"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

// What forgotten orders of old opened loses their names and no day; what is
// known still bears its own.
func TestPassesLoseTheNamesOfForgottenOrdersAndNoDays(t *testing.T) {
	upgrades := func(t *testing.T, address string) {
		ctx := t.Context()
		d, err := db.OpenAt(ctx, address, 22)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		err = d.Do(ctx, func(tx *db.Tx) error {
			for _, q := range []string{
				`INSERT INTO reader (id, name) VALUES ('ann', ''), ('ben', '')`,
				`INSERT INTO till_order (id, secret, reader, gift, plan, currency, amount, days, renews, till, begun, floor)
					VALUES ('known', '', 'ann', 0, 'plus', 'EUR', 700, 30, 0, 'stripe', 0, 0)`,
				`INSERT INTO reader_pass (reader, plan, kind, origin, until) VALUES ('ann', 'plus', 'paid', 'known', 400), ('ann', 'plus', 'paid', 'gone', 100),
					('ann', 'plus', 'paid', 'gone too', 300), ('ann', 'plus', 'seat', 'firm', 50), ('ben', 'plus', 'paid', 'gone as well', 200), ('ben', 'plus', 'grant', '', 900)`,
			} {
				if _, err := tx.Exec(ctx, q); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Upgrade(ctx); err != nil {
			t.Fatal(err)
		}
		rows, err := d.Query(ctx, `SELECT reader || ' ' || kind || ' ' || origin, until FROM reader_pass`)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int64{}
		if _, err := db.Collect(rows, "read", func(row db.Scanner) (struct{}, error) {
			var name string
			var until int64
			err := row.Scan(&name, &until)
			got[name] = until
			return struct{}{}, err
		}); err != nil {
			t.Fatal(err)
		}
		want := map[string]int64{"ann paid known": 400, "ann paid ": 300, "ann seat firm": 50, "ben paid ": 200, "ben grant ": 900}
		if len(got) != len(want) {
			t.Errorf("the passes are %v", got)
		}
		for name, until := range want {
			if got[name] != until {
				t.Errorf("%q ends at %d, not %d", name, got[name], until)
			}
		}
	}
	t.Run("sqlite", func(t *testing.T) { upgrades(t, filepath.Join(t.TempDir(), "wireroom.db")) })
	t.Run("postgres", func(t *testing.T) { upgrades(t, dbtest.BarePostgresURL(t)) })
}
