package audience_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// codes begins a batch for a partner.
func codes(t *testing.T, d *db.DB, s *audience.Store, days, count int) (b audience.Batch, all []string) {
	t.Helper()
	err := d.Do(t.Context(), func(tx *db.Tx) (err error) {
		b, all, err = s.NewPartner(t.Context(), tx, "Library", "plus", days, count)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, all
}

// joins opens an account.
func joins(t *testing.T, s *audience.Store) audience.Reader {
	t.Helper()
	r, _, err := s.OpenByNumber(t.Context(), "en")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOfSixtyFourWhoUseOneCodeOneWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, now := room(t, d)
		b, all := codes(t, d, s, 30, 1)
		var readers []audience.Reader
		for range 64 {
			readers = append(readers, joins(t, s))
		}
		errs := make([]error, len(readers))
		var start, done sync.WaitGroup
		start.Add(1)
		for i, r := range readers {
			done.Go(func() {
				start.Wait()
				_, _, errs[i] = s.Redeem(t.Context(), r.ID, all[0])
			})
		}
		start.Done()
		done.Wait()
		won := 0
		for i, err := range errs {
			passes, err2 := s.Passes(t.Context(), readers[i].ID)
			if err2 != nil {
				t.Fatal(err2)
			}
			if err == nil {
				won++
			} else if !errors.Is(err, audience.ErrCodeUsed) {
				t.Errorf("who comes late gets %v", err)
			}
			if (err == nil) != (len(passes) == 1) {
				t.Errorf("with %v one holds %v", err, passes)
			}
			if err == nil && passes[0].Until.Before(now.AddDate(0, 0, 30)) {
				t.Errorf("the code ends early: %v", passes[0].Until)
			}
		}
		if b, err := s.Batch(t.Context(), b.Number); won != 1 || err != nil || b.Used != 1 {
			t.Errorf("%d won, and the batch counts %d: %v", won, b.Used, err)
		}
	})
}

func TestACodeAddsToWhatIsHeldAndMayBeTypedAsPeopleType(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, now := room(t, d)
		_, all := codes(t, d, s, 30, 2)
		r := joins(t, s)
		plan, first, err := s.Redeem(t.Context(), r.ID, audience.Groups(all[0], "-"))
		if err != nil || plan != "plus" {
			t.Fatalf("the first opens %q: %v", plan, err)
		}
		sloppy := strings.ToLower(strings.NewReplacer("0", "o", "1", "l").Replace(audience.Groups(all[1], " ")))
		_, second, err := s.Redeem(t.Context(), r.ID, sloppy)
		if err != nil || second.Sub(first) != 30*24*time.Hour {
			t.Errorf("the second ends %v after %v: %v", second, first, err)
		}
		if first.Before(now.AddDate(0, 0, 30)) || !first.Equal(first.Truncate(24*time.Hour)) {
			t.Errorf("it ends at %v", first)
		}
	})
}

func TestAForgedChangedOrClosedCodeOpensNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := room(t, d)
		ctx := t.Context()
		b, all := codes(t, d, s, 30, 2)
		r := joins(t, s)
		for i := range all[0] {
			with := "7"
			if all[0][i] == '7' {
				with = "8"
			}
			if _, _, err := s.Redeem(ctx, r.ID, all[0][:i]+with+all[0][i+1:]); !errors.Is(err, audience.ErrNoCode) {
				t.Errorf("with sign %d changed: %v", i, err)
			}
		}
		for _, text := range []string{"", "0", strings.Repeat("0", 20), all[0] + "0", "Ж" + all[0][2:]} {
			if _, _, err := s.Redeem(ctx, r.ID, text); !errors.Is(err, audience.ErrNoCode) {
				t.Errorf("%q: %v", text, err)
			}
		}
		if _, _, err := s.Redeem(ctx, "nobody", all[0]); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("nobody uses it: %v", err)
		}
		if _, _, err := s.Redeem(ctx, r.ID, all[0]); err != nil {
			t.Errorf("after that it is good: %v", err)
		}
		if err := d.Do(ctx, func(tx *db.Tx) error { return s.CloseBatch(ctx, tx, b.Number, true) }); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Redeem(ctx, r.ID, all[1]); !errors.Is(err, audience.ErrNoCode) {
			t.Errorf("of a closed batch: %v", err)
		}
	})
}

func TestAPoolSeatsEachReaderOnceUntilItIsFull(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := room(t, d)
		ctx := t.Context()
		var pool audience.Batch
		if err := d.Do(ctx, func(tx *db.Tx) (err error) {
			pool, err = s.NewPool(ctx, tx, "A donor", "plus", 90, 2)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		code, err := s.PoolCode(ctx, pool)
		if err != nil {
			t.Fatal(err)
		}
		a, b, c := joins(t, s), joins(t, s), joins(t, s)
		for _, try := range []struct {
			reader audience.Reader
			want   error
		}{{a, nil}, {a, audience.ErrCodeUsed}, {b, nil}, {c, audience.ErrPoolEmpty}, {b, audience.ErrCodeUsed}} {
			if _, _, err := s.Redeem(ctx, try.reader.ID, code); !errors.Is(err, try.want) {
				t.Errorf("a seat is given with %v, not %v", err, try.want)
			}
		}
	})
}

func TestGiftsOfOneKindComeFromOneBatchThatOnlyCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := room(t, d)
		ctx := t.Context()
		r := joins(t, s)
		var gifts []string
		for _, days := range []int{30, 365, 30} {
			if err := d.Do(ctx, func(tx *db.Tx) error {
				gift, err := s.MintGift(ctx, tx, "plus", days)
				gifts = append(gifts, gift)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.Batches(ctx)
		if err != nil || len(all) != 2 || gifts[0][:4] != gifts[2][:4] || gifts[0] == gifts[2] {
			t.Fatalf("three gifts make %+v: %v", all, err)
		}
		if _, _, err := s.Redeem(ctx, r.ID, gifts[2]); err != nil {
			t.Error(err)
		}
		if _, _, err := s.Redeem(ctx, r.ID, gifts[0]); err != nil {
			t.Error(err)
		}
	})
}

// What a seized table of used codes could be laid beside is the table of
// passes: the order of their rows must not be the same.
func TestUsedCodesLieInNoOrder(t *testing.T) {
	d := dbtest.SQLite(t)
	s, _ := room(t, d)
	_, all := codes(t, d, s, 30, 40)
	places := func() (places []int64) {
		rows, err := d.Query(t.Context(), `SELECT place FROM code_spent ORDER BY place`)
		if err != nil {
			t.Fatal(err)
		}
		places, err = db.Collect(rows, "places", func(row db.Scanner) (n int64, err error) { return n, row.Scan(&n) })
		if err != nil {
			t.Fatal(err)
		}
		return places
	}
	var came []int64
	var before []int64
	for _, code := range all {
		if _, _, err := s.Redeem(t.Context(), joins(t, s).ID, code); err != nil {
			t.Fatal(err)
		}
		after := places()
		for _, p := range after {
			if !slices.Contains(before, p) {
				came = append(came, p)
			}
		}
		before = after
	}
	if len(came) != len(all) || slices.IsSorted(came) {
		t.Errorf("the codes lie in the order in which they were used: %v", came)
	}
}

func FuzzReadCode(f *testing.F) {
	f.Add("0123-4567-89AB-CDEF-GHJK")
	f.Add("oil0 oil1 oooo iiii llll")
	f.Fuzz(func(t *testing.T, s string) {
		if c, ok := audience.ReadCode(s); ok {
			if again, ok := audience.ReadCode(strings.ToLower(audience.Groups(c, " - "))); !ok || again != c {
				t.Errorf("%q is read as %q and then as %q", s, c, again)
			}
		}
	})
}
