package staff_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
)

// app is a person's app for codes, written from the RFC and not from the room.
type app struct {
	n      *newsroom
	secret string
}

func (a app) shows() string {
	key, err := base32.StdEncoding.DecodeString(a.secret)
	a.n.ok(err)
	var at [8]byte
	binary.BigEndian.PutUint64(at[:], uint64(a.n.now.Unix()/30))
	mac := hmac.New(sha1.New, key)
	mac.Write(at[:])
	sum := mac.Sum(nil)
	o := sum[19] & 15
	code := (int(sum[o]&127)<<24 | int(sum[o+1])<<16 | int(sum[o+2])<<8 | int(sum[o+3])) % 1000000
	return fmt.Sprintf("%03d %03d", code/1000, code%1000)
}

// setsUp gives somebody an app and the recovery codes.
func (n *newsroom) setsUp(p staff.Person) (app, []string) {
	n.Helper()
	n.ok(n.AskForCode(n.ctx(), p.ID))
	c, err := n.CodeOf(n.ctx(), p.ID)
	n.ok(err)
	a := app{n, c.Secret}
	recovery, err := n.ProveCode(n.ctx(), p.ID, a.shows())
	n.ok(err)
	n.now = n.now.Add(30 * time.Second)
	return a, recovery
}

func TestACodeSignsInOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		a, _ := n.setsUp(ada)
		code := a.shows()
		session, err := n.SignInByCode(ctx, ada.Email, code, staff.Entry{})
		n.ok(err)
		n.inside(session, true)
		_, err = n.SignInByCode(ctx, ada.Email, code, staff.Entry{})
		n.is(err, fault.KindForbidden)
		n.now = n.now.Add(30 * time.Second)
		code = a.shows()
		n.now = n.now.Add(30 * time.Second) // typed slowly
		_, err = n.SignInByCode(ctx, ada.Email, code, staff.Entry{})
		n.ok(err)
		n.now = n.now.Add(30 * time.Second)
		code = a.shows()
		n.now = n.now.Add(60 * time.Second) // too slowly
		_, err = n.SignInByCode(ctx, ada.Email, code, staff.Entry{})
		n.is(err, fault.KindForbidden)
	})
}

func TestASecretOpensNothingUntilACodeOfItWasTyped(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		n.ok(n.AskForCode(ctx, ada.ID))
		c, err := n.CodeOf(ctx, ada.ID)
		n.ok(err)
		_, err = n.SignInByCode(ctx, ada.Email, app{n, c.Secret}.shows(), staff.Entry{})
		n.is(err, fault.KindForbidden)
		_, err = n.ProveCode(ctx, ada.ID, "000 000")
		n.is(err, fault.KindInvalid)
		_, err = n.ProveCode(ctx, ada.ID, app{n, c.Secret}.shows())
		n.ok(err)
		if c, err := n.CodeOf(ctx, ada.ID); err != nil || c.Secret != "" || c.Proven.IsZero() {
			t.Errorf("the secret is shown again: %+v %v", c, err)
		}
		n.is(n.AskForCode(ctx, ada.ID), fault.KindConflict)
	})
}

func TestCodesAreGuessedTenTimesADay(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		a, recovery := n.setsUp(ada)
		for range 10 {
			_, err := n.SignInByCode(ctx, ada.Email, "no code", staff.Entry{})
			n.is(err, fault.KindForbidden)
		}
		for _, right := range []string{a.shows(), recovery[0]} {
			_, err := n.SignInByCode(ctx, ada.Email, right, staff.Entry{})
			n.is(err, fault.KindForbidden)
		}
		acts, err := n.Acts(ctx, n.one(staff.Chief), "", 1)
		n.ok(err)
		if acts[0].Act != staff.DidFailCode || acts[0].Count != 12 || acts[0].By != ada.Name {
			t.Errorf("the list says %+v", acts[0])
		}
		n.comesIn(ada) // another way in gives the codes back
		_, err = n.SignInByCode(ctx, ada.Email, a.shows(), staff.Entry{})
		n.ok(err)
	})
}

func TestAnUnknownAddressIsAnsweredLikeAWrongCode(t *testing.T) {
	each(t, func(n *newsroom) {
		ada, bob := n.one(staff.Editor), n.two(staff.Editor)
		n.setsUp(ada)
		frozen := n.one(staff.Reporter)
		f, _ := n.setsUp(frozen)
		n.ok(n.Freeze(n.ctx(), ada, frozen.ID))
		var said []string
		for _, try := range [][2]string{{ada.Email, "000000"}, {bob.Email, "000000"}, {"nobody@pozirk.example", "000000"}, {frozen.Email, f.shows()}, {"", ""}} {
			_, err := n.SignInByCode(n.ctx(), try[0], try[1], staff.Entry{})
			n.is(err, fault.KindForbidden)
			said = append(said, err.Error())
		}
		if len(slices.Compact(said)) != 1 {
			t.Errorf("the answers differ: %q", said)
		}
	})
}

func TestARecoveryCodeStandsInForTheAppOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		_, recovery := n.setsUp(ada)
		if len(recovery) != 10 {
			t.Fatalf("there are %d", len(recovery))
		}
		session, err := n.SignInByCode(ctx, ada.Email, recovery[3], staff.Entry{})
		n.ok(err)
		n.inside(session, true)
		_, err = n.SignInByCode(ctx, ada.Email, recovery[3], staff.Entry{})
		n.is(err, fault.KindForbidden)
		if c, err := n.CodeOf(ctx, ada.ID); err != nil || c.Recovery != 9 {
			t.Errorf("%d are left: %v", c.Recovery, err)
		}
		fresh, err := n.Recover(ctx, ada.ID)
		n.ok(err)
		_, err = n.SignInByCode(ctx, ada.Email, recovery[4], staff.Entry{})
		n.is(err, fault.KindForbidden)
		_, err = n.SignInByCode(ctx, ada.Email, fresh[0], staff.Entry{})
		n.ok(err)
	})
}

func TestTheLastWayInIsNotTakenAway(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		key := n.registers(ada)
		if err := n.RemovePasskey(ctx, ada.ID, key.id()); !errors.Is(err, staff.ErrLastWay) {
			t.Errorf("the only passkey: %v", err)
		}
		n.setsUp(ada)
		n.ok(n.RemovePasskey(ctx, ada.ID, key.id()))
		if err := n.RemoveCode(ctx, ada.ID); !errors.Is(err, staff.ErrLastWay) {
			t.Errorf("the codes, alone: %v", err)
		}
		n.registers(ada)
		n.ok(n.RemoveCode(ctx, ada.ID))
	})
}
