package audience_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// room opens the readers of a fresh database, with a clock that can be set.
func room(t *testing.T, d *db.DB) (*audience.Store, *time.Time) {
	now := time.Date(2026, 11, 25, 12, 34, 56, 0, time.UTC)
	return audience.New(d, func() time.Time { return now }, filepath.Join(t.TempDir(), "readers.key")), &now
}

func TestAnAccountByNumberIsNobodysButItsHolders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, _ := room(t, d)
		r, keys, err := s.OpenByNumber(ctx, "be")
		if err != nil {
			t.Fatal(err)
		}
		session, err := s.SignInByNumber(ctx, audience.Groups(keys.Number, " "))
		if err != nil {
			t.Fatal(err)
		}
		who, held, err := s.BySession(ctx, session)
		if err != nil || who.ID != r.ID || !who.ByNumber || who.ByEmail || who.Name != "" || len(held) != 0 {
			t.Errorf("the number opens %+v with %v: %v", who, held, err)
		}
		wrong := keys.Number[:19] + string('0'+(keys.Number[19]-'0'+1)%10)
		for _, number := range []string{"", "1", wrong, keys.Number + "0", "00000000000000000000"} {
			if _, err := s.SignInByNumber(ctx, number); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%q opens something: %v", number, err)
			}
		}
		_, again, err := s.Recover(ctx, "  "+strings.ToUpper(strings.ReplaceAll(keys.Words, " ", "-")))
		if err != nil || again.Number == keys.Number || again.Words == keys.Words {
			t.Fatalf("the words give %+v: %v", again, err)
		}
		if _, _, err := s.BySession(ctx, session); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a session of before is still open: %v", err)
		}
		if _, err := s.SignInByNumber(ctx, keys.Number); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the lost number still opens: %v", err)
		}
		if _, _, err := s.Recover(ctx, keys.Words); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the words of before still recover: %v", err)
		}
		if _, err := s.SignInByNumber(ctx, again.Number); err != nil {
			t.Errorf("the new number opens nothing: %v", err)
		}
	})
}

func TestALetterSignsInOnceInTheBrowserThatAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, now := room(t, d)
		asked, err := s.Ask(ctx, " Alena@Example.org ", "ru")
		if err != nil {
			t.Fatal(err)
		}
		for range 5 { // scanners of mail
			if same, err := s.LookAsk(ctx, asked.Token, ""); same || err != nil {
				t.Fatalf("a scanner is taken for the asker: %v, %v", same, err)
			}
		}
		if _, err := s.AnswerLink(ctx, asked.Token, "another"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another browser signs in: %v", err)
		}
		if same, err := s.LookAsk(ctx, asked.Token, asked.Browser); !same || err != nil {
			t.Errorf("the asker is not known: %v, %v", same, err)
		}
		session, err := s.AnswerLink(ctx, asked.Token, asked.Browser)
		if err != nil {
			t.Fatal(err)
		}
		first, _, err := s.BySession(ctx, session)
		if err != nil || !first.ByEmail || first.Lang != "ru" {
			t.Errorf("signed in is %+v: %v", first, err)
		}
		if _, err := s.AnswerLink(ctx, asked.Token, asked.Browser); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the link opens twice: %v", err)
		}
		again, err := s.Ask(ctx, "alena@example.org", "en")
		if err != nil {
			t.Fatal(err)
		}
		if session, err = s.AnswerCode(ctx, again.Browser, again.Code[:3]+" "+again.Code[3:]); err != nil {
			t.Fatal(err)
		}
		if second, _, err := s.BySession(ctx, session); err != nil || second.ID != first.ID {
			t.Errorf("the same address is now %+v: %v", second, err)
		}
		late, err := s.Ask(ctx, "alena@example.org", "en")
		if err != nil {
			t.Fatal(err)
		}
		*now = now.Add(15 * time.Minute)
		if _, err := s.AnswerCode(ctx, late.Browser, late.Code); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("after fifteen minutes: %v", err)
		}
	})
}

func TestACodeCannotBeGuessed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := room(t, d)
		asked, err := s.Ask(t.Context(), "alena@example.org", "en")
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if _, err := s.AnswerCode(t.Context(), asked.Browser, "x"); !fault.Is(err, fault.KindNotFound) {
				t.Fatalf("a wrong code: %v", err)
			}
		}
		if _, err := s.AnswerCode(t.Context(), asked.Browser, asked.Code); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the sixth guess: %v", err)
		}
	})
}

func TestTheSixthDeviceSignsTheFirstOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, _ := room(t, d)
		r, keys, err := s.OpenByNumber(ctx, "en")
		if err != nil {
			t.Fatal(err)
		}
		var sessions []string
		for range 6 {
			session, err := s.SignInByNumber(ctx, keys.Number)
			if err != nil {
				t.Fatal(err)
			}
			sessions = append(sessions, session)
		}
		if _, _, err := s.BySession(ctx, sessions[0]); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the oldest is still signed in: %v", err)
		}
		devices, err := s.Devices(ctx, r.ID, sessions[5])
		if err != nil || len(devices) != 5 || !devices[0].This || devices[1].This {
			t.Fatalf("the devices are %+v: %v", devices, err)
		}
		if month := devices[0].Month; month.Day() != 1 || month.Month() != time.November {
			t.Errorf("a device tells more than the month: %v", month)
		}
		if err := s.SignOutDevice(ctx, r.ID, devices[1].ID); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.BySession(ctx, sessions[4]); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a device that was signed out is not: %v", err)
		}
		if err := s.SignOutOthers(ctx, r.ID, sessions[5]); err != nil {
			t.Fatal(err)
		}
		if left, err := s.Devices(ctx, r.ID, sessions[5]); err != nil || len(left) != 1 {
			t.Errorf("then the devices are %+v: %v", left, err)
		}
	})
}

func TestWhatChangesIsForgottenByThoseWhoWatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, now := room(t, d)
		r, keys, err := s.OpenByNumber(ctx, "en")
		if err != nil {
			t.Fatal(err)
		}
		session, err := s.SignInByNumber(ctx, keys.Number)
		if err != nil {
			t.Fatal(err)
		}
		watched := make(chan struct{})
		go func() {
			defer close(watched)
			s.Watch(ctx, func(err error) { t.Error(err) })
		}()
		until := now.Add(time.Hour)
		eventually(t, "a pass counts", func() bool {
			if err := s.Grant(ctx, r.ID, audience.Pass{Plan: "plus", Until: until}); err != nil {
				t.Fatal(err)
			}
			_, held, err := s.BySession(ctx, session)
			return err == nil && len(held) == 1
		})
		other := audience.New(d, func() time.Time { return *now }, "")
		if err := other.Freeze(ctx, r.ID, true); err != nil {
			t.Fatal(err)
		}
		eventually(t, "a frozen account is signed out", func() bool {
			_, _, err := s.BySession(ctx, session)
			return fault.Is(err, fault.KindNotFound)
		})
		if _, err := s.SignInByNumber(ctx, keys.Number); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a frozen account signs in: %v", err)
		}
	})
}

func TestWhileTheDatabaseDoesNotAnswerNobodyIsRemembered(t *testing.T) {
	d := dbtest.Open(t, dbtest.PostgresURL(t))
	ctx := t.Context()
	s, _ := room(t, d)
	_, keys, err := s.OpenByNumber(ctx, "en")
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.SignInByNumber(ctx, keys.Number)
	if err != nil {
		t.Fatal(err)
	}
	wrong := make(chan error, 100)
	watching, stop := context.WithCancel(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		s.Watch(watching, func(err error) { wrong <- err })
	}()
	err = d.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `LOCK TABLE reader_change, reader_session IN ACCESS EXCLUSIVE MODE`); err != nil {
			return err
		}
		<-wrong
		asked, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		defer cancel()
		if _, _, err := s.BySession(asked, session); err == nil {
			t.Error("a session counts whose end could not be known")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	stop()
	<-over
}

// eventually asks until it is so; the test's own deadline bounds it.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for !so() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("it never comes that " + what)
		}
	}
}

func FuzzReadNumber(f *testing.F) {
	f.Add("0000 0000 0000 0000 0000")
	f.Add("1234-5678-9012-3456-7897")
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := audience.ReadNumber(s); ok {
			if again, ok := audience.ReadNumber(audience.Groups(n, "-")); !ok || again != n {
				t.Errorf("%q is read as %q and then as %q", s, n, again)
			}
		}
	})
}
