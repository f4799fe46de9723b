package main

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"wireroom/agency"
	"wireroom/db/dbtest"
	"wireroom/staff"
	"wireroom/story"
)

// The test's own binary plays the program and, beside it, a newsroom at work,
// as processes that can be killed.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wireroom": main, "newsroom": newsroom})
}

func TestScripts(t *testing.T) {
	server := ""
	if os.Getenv("WIREROOM_TEST_POSTGRES") != "" {
		server = dbtest.BarePostgresURL(t)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: scriptCommands,
		Setup: func(env *testscript.Env) error {
			env.Setenv("POSTGRES", server)
			return nil
		},
		Condition: func(name string) (bool, error) { return name == "postgres" && server != "", nil },
	})
}

// openAgency opens the agency in a folder as the program would.
func openAgency(ctx context.Context, data string) (*agency.Agency, error) {
	c, err := agency.Load(data, func(string) string { return "" })
	if err != nil {
		return nil, err
	}
	return agency.Open(ctx, c, agency.Options{})
}

// someone is an editor, taken on when there is none yet.
func someone(ctx context.Context, a *agency.Agency) (staff.Person, error) {
	const email = "desk@example.org"
	p, err := a.Staff.ByEmail(ctx, email)
	if err != nil {
		return a.Staff.Add(ctx, staff.Person{Name: "Desk", Email: email, Role: staff.Editor})
	}
	return p, nil
}

// send writes a story and sends it.
func send(ctx context.Context, a *agency.Agency, by staff.Person, headline string) (story.Story, error) {
	m, err := a.Masthead.Load(ctx)
	if err != nil {
		return story.Story{}, err
	}
	c := story.Content{Headline: headline, Date: story.DateOf(time.Now().UTC()), Sections: []string{m.Sections[0].ID},
		Body: story.Body{Blocks: []story.Node{{Type: story.Paragraph, Content: []story.Node{{Type: story.Text, Text: "So it is."}}}}}}
	st, err := a.Stories.Create(ctx, by, m.Languages[0], "", c)
	if err != nil {
		return st, err
	}
	return a.Stories.Release(ctx, by, st.ID, st.Revision)
}
