package demo

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/agency/export"
	"wireroom/db/dbtest"
	"wireroom/staff"
)

func TestTheAgencyIsTheSameAfterItsExportWasTakenIn(t *testing.T) {
	ctx := context.Background()
	now := time.Now()
	c := agency.Defaults(t.TempDir())
	if err := Fill(ctx, c, now); err != nil {
		t.Fatal(err)
	}
	a := reopened(t, c, now)
	token := tokened(t, a)
	paths := addresses()
	o := export.Options{Readers: true}
	first := filepath.Join(t.TempDir(), "first.zip")
	m, err := a.Export(ctx, first, o)
	if err != nil {
		t.Fatal(err)
	}
	if m.News() < 40 || m.Pictures() < 5 || m.Rows() < 500 {
		t.Errorf("the export holds %d stories, %d pictures, %d lines", m.News(), m.Pictures(), m.Rows())
	}
	places(t, func(t *testing.T, c agency.Config) {
		if _, err := agency.TakeExport(ctx, c, first, false, o); err != nil {
			t.Fatal(err)
		}
		b := reopened(t, c, now)
		second := filepath.Join(t.TempDir(), "second.zip")
		if _, err := b.Export(ctx, second, o); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(content(t, first), content(t, second)) {
			t.Error("it is written out otherwise than before")
		}
		for _, path := range paths {
			if was, is := answer(a, path, token), answer(b, path, token); was != is {
				t.Errorf("%s answered\n%.400s\nand answers\n%.400s", path, was, is)
			}
		}
		findings, err := b.Check(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if !f.OK {
				t.Errorf("%s: %s", f.Part, f.Error)
			}
		}
	})
}

// places runs the test with an empty place on each engine.
func places(t *testing.T, test func(t *testing.T, c agency.Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, agency.Defaults(t.TempDir())) })
	t.Run("postgres", func(t *testing.T) {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("db", dbtest.BarePostgresURL(t), "the test"); err != nil {
			t.Fatal(err)
		}
		test(t, c)
	})
}

func reopened(t *testing.T, c agency.Config, now time.Time) *agency.Agency {
	t.Helper()
	a, err := agency.Open(context.Background(), c, agency.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// addresses are pages, feeds and what a client is given, each at an address that
// somebody may have kept.
func addresses() []string {
	paths := []string{"/wire/v1/items?after=0"}
	for _, lang := range []string{"en", "ru", "be"} {
		for _, page := range []string{"", "latest", "rss.xml", "atom.xml", "feed.json", "corrections", "politics/"} {
			paths = append(paths, "/"+lang+"/"+page)
		}
	}
	for n := 1; n <= 70; n++ {
		paths = append(paths, fmt.Sprintf("/%s/news/%d", []string{"en", "ru", "be"}[n%3], n))
	}
	return paths
}

// tokened is the token of a client's machine.
func tokened(t *testing.T, a *agency.Agency) string {
	t.Helper()
	ctx := context.Background()
	people, err := a.Staff.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	chief := people[slices.IndexFunc(people, func(p staff.Person) bool { return p.Role == staff.Chief })]
	m, err := a.Clients.Manager(a.Staff, chief)
	if err != nil {
		t.Fatal(err)
	}
	all, err := a.Clients.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	token, err := m.MakeToken(ctx, all[0].ID, "machine")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func answer(a *agency.Agency, path, token string) string {
	r := httptest.NewRequest("GET", path, nil)
	if strings.HasPrefix(path, "/wire/") {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w.Result().Status + "\n" + w.Body.String()
}

func content(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
