package db_test

import (
	"errors"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestTheBellRingsOnlyAfterACommit(t *testing.T) {
	d := dbtest.SQLite(t)
	bell, stop := d.Listen("wire")
	defer stop()
	other, stopOther := d.Listen("other")
	defer stopOther()
	no := errors.New("no")
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		tx.Notify("wire")
		return no
	})
	if !errors.Is(err, no) || rang(bell) {
		t.Fatal("it rang for a rollback")
	}
	addCounter(t, d, "wire")
	if !rang(bell) || rang(bell) || rang(other) {
		t.Error("it did not ring once, and only here")
	}
	stop()
	addCounter(t, d, "wire2")
	if rang(bell) {
		t.Error("it rang after stop")
	}
}

func rang(bell <-chan struct{}) bool {
	select {
	case <-bell:
		return true
	default:
		return false
	}
}

func TestMachinesWakeEachOther(t *testing.T) {
	address := dbtest.PostgresURL(t)
	here, there := dbtest.Open(t, address), dbtest.Open(t, address)
	bell, stop := there.Listen("wire")
	defer stop()
	addCounter(t, here, "wire")
	for count(t, there, "counter") != 1 {
		<-bell
	}
	<-bell
}
