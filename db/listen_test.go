package db_test

import (
	"database/sql"
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
	address := dbtest.BarePostgresURL(t)
	here, there := dbtest.Open(t, address), dbtest.Open(t, address)
	bell, stop := there.Listen("wire")
	defer stop()
	addCounter(t, here, "wire")
	for count(t, there, "counter") != 1 {
		<-bell
	}
	<-bell
}

func TestAServerThatIsNoLongerHeardIsToldOnceEachTime(t *testing.T) {
	address := dbtest.BarePostgresURL(t)
	d := dbtest.Open(t, address)
	bell, stop := d.Listen("wire")
	defer stop()
	told := make(chan error, 10)
	d.OnDeaf(func(err error) { told <- err })
	server, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for range 2 {
		<-bell // it is heard
		_, err := server.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND query LIKE 'LISTEN %'`)
		if err != nil {
			t.Fatal(err)
		}
		if err := <-told; err == nil {
			t.Error("no reason is given")
		}
	}
	<-bell
	if len(told) != 0 {
		t.Errorf("told again: %v", <-told)
	}
}

func TestWhoAsksLateIsToldThatTheServerIsNotHeard(t *testing.T) {
	d, no := dbtest.SQLite(t), errors.New("no")
	d.Deafen(no)
	var told []error
	d.OnDeaf(func(err error) { told = append(told, err) })
	d.Deafen(no)
	if len(told) != 1 {
		t.Errorf("told %v", told)
	}
}
