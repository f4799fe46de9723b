package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/agency"
	"wireroom/story"
	"wireroom/wire"
)

// newsroom is a process that sends, updates and follows without end. It prints
// a line for whatever is acknowledged: only then may others rely on it.
func newsroom() {
	ctx := context.Background()
	a, err := openAgency(ctx, os.Args[1])
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
	go func() {
		_ = a.Wire.Follow(ctx, os.Args[2], func(_ context.Context, r wire.Record) error {
			fmt.Println("given", r.Number)
			return nil
		})
	}()
	by, err := someone(ctx, a)
	for n := 1; err == nil; n++ {
		var st story.Story
		if st, err = send(ctx, a, by, fmt.Sprintf("%s sends %d", os.Args[2], n)); err != nil {
			break
		}
		fmt.Println("sent", st.ID, st.Releases, st.Revision)
		c := st.Content
		c.Headline += ", and more"
		if st, err = a.Stories.Revise(ctx, by, st.ID, st.Revision, c); err != nil {
			break
		}
		fmt.Println("kept", st.ID, st.Releases, st.Revision)
		if st, err = a.Stories.Update(ctx, by, st.ID, st.Revision, "Adds more"); err != nil {
			break
		}
		fmt.Println("sent", st.ID, st.Releases, st.Revision)
	}
	fmt.Println("failed", err)
	os.Exit(1)
}

// memory is all that killed newsrooms had acknowledged.
type memory struct {
	stories map[story.ID][2]int64    // releases and revisions
	given   map[string][]wire.Number // by follower
}

func (m *memory) note(t *testing.T, follower, line string) {
	t.Helper()
	var id story.ID
	var releases, revision int64
	var n wire.Number
	if _, err := fmt.Sscanf(line, "given %d", &n); err == nil {
		m.given[follower] = append(m.given[follower], n)
		return
	}
	line, ok := strings.CutPrefix(line, "sent ")
	if !ok {
		line, ok = strings.CutPrefix(line, "kept ")
	}
	if _, err := fmt.Sscan(line, &id, &releases, &revision); err != nil || !ok {
		t.Fatalf("the newsroom says %q", line)
	}
	m.stories[id] = [2]int64{releases, revision}
}

func TestWhatIsAcknowledgedSurvivesKills(t *testing.T) {
	const rounds = 50
	ctx := context.Background()
	data := filepath.Join(t.TempDir(), "agency")
	found(t, data)
	m := &memory{map[story.ID][2]int64{}, map[string][]wire.Number{}}
	for round := range rounds {
		oneKill(t, m, data, fmt.Sprint("follower", round), 1+rand.IntN(12))
		a, err := openAgency(ctx, data)
		if err != nil {
			t.Fatal(err)
		}
		m.holds(t, a)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	a, err := openAgency(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	m.resumes(t, a)
}

func found(t *testing.T, data string) {
	t.Helper()
	_, err := agency.Found(context.Background(), agency.Defaults(data), agency.Founding{
		Name: "Pozirk", Languages: []string{"en", "be"}, Sections: []string{"Politics"}, Plan: "POZIRK+",
	})
	if err != nil {
		t.Fatal(err)
	}
}

// oneKill starts a newsroom and kills it once it has acknowledged so many acts;
// what it says between the last of these and its end counts too.
func oneKill(t *testing.T, m *memory, data, follower string, lines int) {
	t.Helper()
	cmd := exec.Command("newsroom", data, follower)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for n := 0; said.Scan(); {
		m.note(t, follower, said.Text())
		if strings.HasPrefix(said.Text(), "given") {
			continue
		}
		if n++; n == lines {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the newsroom ended by itself")
	}
}

// holds checks that nothing acknowledged is lost and nothing is half done.
func (m *memory) holds(t *testing.T, a *agency.Agency) {
	t.Helper()
	ctx := context.Background()
	findings, err := a.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.OK {
			t.Fatalf("%s: %s", f.Part, f.Error)
		}
	}
	onWire := map[string]int64{}
	records, err := a.Wire.After(ctx, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		onWire[r.Story] = max(onWire[r.Story], r.Release)
	}
	for id, known := range m.stories {
		st, err := a.Stories.Get(ctx, id)
		if err != nil {
			t.Fatalf("an acknowledged story is lost: %v", err)
		}
		if st.Releases < known[0] || st.Revision < known[1] {
			t.Fatalf("story %s has %d releases and %d revisions; %v were acknowledged", id, st.Releases, st.Revision, known)
		}
		if onWire[string(id)] != st.Releases {
			t.Fatalf("story %s has %d releases, and %d on the wire", id, st.Releases, onWire[string(id)])
		}
	}
}

// resumes checks that each follower, whenever it was killed, is given all that
// it had not yet, in order and without a gap.
func (m *memory) resumes(t *testing.T, a *agency.Agency) {
	t.Helper()
	by, err := someone(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := send(context.Background(), a, by, "All is well"); err != nil {
		t.Fatal(err) // and news for those who had everything
	}
	head, err := a.Wire.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for name, given := range m.given {
		ctx, stop := context.WithCancel(context.Background())
		err := a.Wire.Follow(ctx, name, func(_ context.Context, r wire.Record) error {
			given = append(given, r.Number)
			if r.Number == head {
				stop()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		last := wire.Number(0)
		for _, n := range given {
			if n > last+1 {
				t.Fatalf("%s is given %d after %d", name, n, last)
			}
			last = max(last, n)
		}
		if last != head {
			t.Fatalf("%s ends at %d, the wire at %d", name, last, head)
		}
	}
	t.Logf("%d records, %d stories, %d followers", head, len(m.stories), len(m.given))
}

func TestAnImportThatWasKilledCanBeRunAgain(t *testing.T) {
	const items, rounds = 4000, 6
	dir := t.TempDir()
	data, file := filepath.Join(dir, "agency"), filepath.Join(dir, "wire.jsonl")
	found(t, data)
	writeWire(t, file, items)
	for range rounds {
		cmd := exec.Command("wireroom", "import", "ninjs", "--silent", "--data", data, file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// As soon as a batch is kept, the next is cut off.
		killWhenWireGrows(t, cmd, data)
		soundAgency(t, data)
	}
	for _, want := range []string{"0 skipped, 0 broken", fmt.Sprintf("0 taken, %d already here", items)} {
		out, err := exec.Command("wireroom", "import", "ninjs", "--silent", "--data", data, file).Output()
		if err != nil || !strings.Contains(string(out), want) {
			t.Fatalf("%v: %s", err, out)
		}
	}
	if head := soundAgency(t, data); head != items {
		t.Errorf("%d stories of %d are on the wire", head, items)
	}
}

func writeWire(t *testing.T, path string, items int) {
	t.Helper()
	var b strings.Builder
	for n := range items {
		fmt.Fprintf(&b, `{"uri":"tag:example.org,2025:%d","version":"1","type":"text","language":"en",`+
			`"versioncreated":"2025-01-02T03:04:05Z","headline":"Item %d","body_text":"Text of %d."}`+"\n", n, n, n)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func killWhenWireGrows(t *testing.T, cmd *exec.Cmd, data string) {
	t.Helper()
	ctx := context.Background()
	a, err := openAgency(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	before, err := a.Wire.Head(ctx)
	for err == nil {
		select {
		case <-ended:
			return
		default:
		}
		var head wire.Number
		if head, err = a.Wire.Head(ctx); head > before {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Process.Kill()
	<-ended
}

func soundAgency(t *testing.T, data string) wire.Number {
	t.Helper()
	a, err := openAgency(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	(&memory{}).holds(t, a)
	head, err := a.Wire.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return head
}
