package push

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/wire"
)

// The test runs itself once more as the program that is killed: these say over
// which database, and at which step of which delivery it kills itself.
const (
	crashDB = "WIREROOM_CRASH_DB"
	crashAt = "WIREROOM_CRASH_AT"
)

// TestPushingUntilTheKill is no test but the program that is killed.
func TestPushingUntilTheKill(t *testing.T) {
	at := os.Getenv(crashAt)
	if at == "" {
		return
	}
	d, err := db.Open(context.Background(), os.Getenv(crashDB))
	if err != nil {
		t.Fatal(err)
	}
	r := open(t, d, nil)
	step, left, _ := strings.Cut(at, " ")
	n, _ := strconv.Atoi(left)
	r.push.step = func(now string) {
		if now == step {
			if n--; n == 0 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {}
			}
		}
	}
	r.push.Run(t.Context())
}

// killed runs the program until it has killed itself.
func killed(t *testing.T, url, at string) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run", "^TestPushingUntilTheKill$")
	c.Env = append(os.Environ(), crashDB+"="+url, crashAt+"="+at)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	if c.ProcessState == nil || c.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("it was not killed: %v\n%s", err, out.String())
	}
}

func TestAKillOfTheProgramLosesNothingAndRepeatsOneByTheSameID(t *testing.T) {
	try := func(t *testing.T, url string) {
		d := dbtest.Open(t, url)
		r := open(t, d, nil)
		v := receives(t, nil)
		e := r.adds(Endpoint{Way: Webhook, Address: v.URL})
		const stops, each = 9, 4
		var want []int64
		for i := range stops {
			for _, s := range stories(fmt.Sprint("s", i, "-"), each) {
				want = append(want, int64(r.sends(s)))
			}
		}
		repeats := 0
		for i := range stops {
			step := []string{"request", "answer", "note"}[i%3]
			before := v.count()
			killed(t, url, step+" "+strconv.Itoa(1+i%each))
			free(t, d)
			// What was answered but not noted comes once more, nothing else.
			if step == "answer" {
				repeats++
			}
			if v.count() == before && step != "request" {
				t.Error("nothing was brought before the kill")
			}
		}
		r.runs()
		r.until("all is noted", func() bool {
			now, err := r.store.Endpoint(t.Context(), "radio", e.ID)
			return err == nil && now.Cursor == wire.Number(want[len(want)-1])
		})
		came := map[string]int{}
		for _, id := range v.ids {
			came[id]++
		}
		twice := 0
		for _, n := range want {
			id := eventID(wire.Number(n))
			if came[id] == 0 {
				t.Errorf("%s is missing", id)
			}
			twice += max(came[id]-1, 0)
		}
		if len(came) != len(want) || twice > repeats {
			t.Errorf("%d ids of %d, %d repeats after %d crashes that allow one each", len(came), len(want), twice, repeats)
		}
	}
	t.Run("sqlite", func(t *testing.T) { try(t, t.TempDir()+"/wireroom.db") })
	t.Run("postgres", func(t *testing.T) { try(t, dbtest.PostgresURL(t)) })
}

// free ends the turn of the one that was killed, for which others would have to
// wait.
func free(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE turn SET until = 0 WHERE name = 'push'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
