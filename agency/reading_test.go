package agency_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/audience"
	"wireroom/staff"
	"wireroom/story"
)

// A page that is at hand for everybody is not what a company's network gets.
func TestACompanysNetworkIsNotGivenThePageThatIsAtHand(t *testing.T) {
	const behind = "You read this with POZIRK+"
	o := serve(t, agency.Defaults(t.TempDir()))
	locked := story.Content{Headline: "Council meets", Plan: "pozirk-plus"}
	path := "/en/news/" + strconv.FormatInt(int64(o.send(locked).Number), 10)
	c, err := o.Readers.Clerk(o.Staff, staff.Person{ID: "1", Role: staff.Chief})
	must(t, err)
	nets, err := audience.ReadNetworks("192.0.2.0/24")
	must(t, err)
	_, err = c.SaveCompany(t.Context(), audience.Company{Name: "Daily", Plan: "pozirk-plus", Seats: 1, Until: time.Now().AddDate(0, 1, 0), Networks: nets}, "")
	must(t, err)
	handler := o.Handler()
	asks := func(from string) string {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.RemoteAddr = from + ":40000"
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Body.String()
	}
	deadline, tick := time.After(20*time.Second), time.NewTicker(10*time.Millisecond)
	defer tick.Stop()
	for !strings.Contains(asks("192.0.2.7"), behind) {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("the company's network never reads it")
		}
	}
	for range 3 {
		if strings.Contains(asks("198.51.100.1"), behind) {
			t.Fatal("everybody reads it")
		}
		if !strings.Contains(asks("192.0.2.7"), behind) {
			t.Error("the company's network is given everybody's page")
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
