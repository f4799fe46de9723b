package agency_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// journal is a log that a test may read while the program writes.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// open is a program that serves on a free port until the test ends.
type open struct {
	*agency.Agency
	t       *testing.T
	url     string
	metrics string
	log     *journal
	editor  staff.Person
	stop    func() error
}

// eachEngine runs the test with the whole program over each engine.
func eachEngine(t *testing.T, test func(t *testing.T, o *open)) {
	t.Run("sqlite", func(t *testing.T) { test(t, serve(t, agency.Defaults(t.TempDir()))) })
	t.Run("postgres", func(t *testing.T) {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("db", dbtest.BarePostgresURL(t), "the test"); err != nil {
			t.Fatal(err)
		}
		test(t, serve(t, c))
	})
}

func serve(t *testing.T, c agency.Config) *open {
	t.Helper()
	ctx := context.Background()
	_, err := agency.Found(ctx, c, agency.Founding{
		Name: "Pozirk", Languages: []string{"en", "ru", "be"}, Sections: []string{"Politics", "Economy"}, Plan: "POZIRK+",
	})
	if err != nil {
		t.Fatal(err)
	}
	o := &open{t: t, log: &journal{}, metrics: freeAddr(t)}
	c.Addr, c.Metrics, c.Level = "127.0.0.1:0", o.metrics, "debug"
	if o.Agency, err = agency.Open(ctx, c, agency.Options{Log: o.log}); err != nil {
		t.Fatal(err)
	}
	addr, err := o.Listen()
	if err != nil {
		t.Fatal(err)
	}
	o.url = "http://" + addr
	run, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- o.Run(run) }()
	o.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := o.stop(); err != nil {
			t.Error(err)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	if o.editor, err = o.Staff.Add(ctx, staff.Person{Name: "Ada", Email: "ada@example.org", Role: staff.Chief}); err != nil {
		t.Fatal(err)
	}
	return o
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (o *open) get(url string) (int, string) {
	o.t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		o.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func (o *open) send(c story.Content) story.Story {
	o.t.Helper()
	ctx := context.Background()
	if c.Sections == nil {
		c.Sections = []string{"politics"}
	}
	c.Body = story.Body{Blocks: []story.Node{{Type: story.Paragraph, Content: []story.Node{{Type: story.Text, Text: "So it is."}}}}}
	st, err := o.Stories.Create(ctx, o.editor, "en", "", c)
	if err != nil {
		o.t.Fatal(err)
	}
	if st, err = o.Stories.Release(ctx, o.editor, st.ID, st.Revision); err != nil {
		o.t.Fatal(err)
	}
	return st
}

func (o *open) storyURL(st story.Story) string { return fmt.Sprintf("%s/en/news/%d", o.url, st.Number) }

// until asks again and again, for what the program does in its own time.
// lookAgain leaves the processor to the program between two looks.
const lookAgain = 5 * time.Millisecond

func (o *open) until(what string, holds func() bool) {
	o.t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(lookAgain) {
		if time.Now().After(end) {
			o.t.Fatalf("it never comes that %s; the log:\n%s", what, o.log)
		}
	}
}

func TestWhatIsSentIsRead(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		for n := range 5 {
			headline := fmt.Sprintf("Łukašenka – “навіна” %d", n)
			st := o.send(story.Content{Headline: headline})
			o.until("the story is there", func() bool {
				status, body := o.get(o.storyURL(st))
				return status == 200 && strings.Contains(body, headline)
			})
			o.until("the list has it", func() bool { _, body := o.get(o.url + "/en/latest"); return strings.Contains(body, headline) })
		}
	})
}

func TestAKillReachesThePage(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		st := o.send(story.Content{Headline: "Not so"})
		o.until("the story is there", func() bool { status, _ := o.get(o.storyURL(st)); return status == 200 })
		if _, err := o.Stories.Kill(context.Background(), o.editor, st.ID, story.Say("It was not so.")); err != nil {
			t.Fatal(err)
		}
		o.until("it is gone", func() bool {
			status, body := o.get(o.storyURL(st))
			return status == 410 && strings.Contains(body, "It was not so.")
		})
		o.until("the list is without it", func() bool { _, body := o.get(o.url + "/en/latest"); return !strings.Contains(body, "Not so") })
	})
}

func TestAnEmbargoOpensAtItsTimeAndNotBefore(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		embargo := time.Now().Add(1500 * time.Millisecond).Truncate(time.Second).Add(time.Second)
		st := o.send(story.Content{Headline: "Wait for it", Embargo: embargo})
		o.until("the list shows it", func() bool {
			status, _ := o.get(o.storyURL(st))
			_, list := o.get(o.url + "/en/latest")
			shown := strings.Contains(list, "Wait for it")
			if (status == 200 || shown) && time.Now().Before(embargo) {
				t.Fatal("it is out before its time")
			}
			return status == 200 && shown
		})
	})
}

func TestTheMastheadIsReadAnewWhenItIsSaved(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		err := o.Masthead.Change(ctx, func(m masthead.Masthead) (masthead.Masthead, error) {
			m.Sections[0].Labels["en"] = "Power"
			return m, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		o.until("the site has the new label", func() bool { _, body := o.get(o.url + "/en/"); return strings.Contains(body, "Power") })
	})
}

func TestAStoppedProgramAnswersWhatIsUnderWayAndNoMore(t *testing.T) {
	o := serve(t, agency.Defaults(t.TempDir()))
	if status, body := o.get(o.url + "/readyz"); status != 200 || body != "ready\n" {
		t.Errorf("%d %s", status, body)
	}
	if err := o.stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(o.url + "/healthz"); err == nil {
		t.Error("it answers after the stop")
	}
}

func TestFiguresAreShownOnLoopbackAlone(t *testing.T) {
	o := serve(t, agency.Defaults(t.TempDir()))
	o.send(story.Content{Headline: "One"})
	o.get(o.url + "/nowhere")
	o.until("the figures tell", func() bool {
		_, body := o.get("http://" + o.metrics + "/metrics")
		return strings.Contains(body, "wireroom_wire_head 1\n") && strings.Contains(body, `wireroom_http_answers_total{class="4xx"} 1`)
	})
	if status, _ := o.get(o.url + "/metrics"); status != 404 {
		t.Errorf("readers are answered %d", status)
	}
	c := agency.Defaults(t.TempDir())
	if err := c.Set("metrics", "0.0.0.0:9090", "the test"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("the whole world may see the figures: %v", err)
	}
}

func TestRudeConnectionsLeaveNoAddressInTheLog(t *testing.T) {
	o := serve(t, agency.Defaults(t.TempDir()))
	for _, said := range []string{"GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x00", "GET / HTTP/1.1\r\nHost: a\r\nA: " + strings.Repeat("x", 80<<10) + "\r\n\r\n"} {
		c, err := net.Dial("tcp", strings.TrimPrefix(o.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(c, said)
		_ = c.(*net.TCPConn).CloseWrite()
		_, _ = io.Copy(io.Discard, c)
		c.Close()
	}
	if err := o.stop(); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(o.log.String(), "\n") {
		if strings.Contains(line, "127.0.0.1") && !strings.Contains(line, "listen=") {
			t.Errorf("the log has %s", line)
		}
	}
}

func TestBackupIsOneMomentWhileTheNewsGoesOn(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		first := o.send(story.Content{Headline: "Before"})
		done := make(chan struct{})
		quiet := make(chan struct{})
		go func() {
			defer close(quiet)
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
					o.send(story.Content{Headline: fmt.Sprint("Meanwhile ", n)})
				}
			}
		}()
		file := t.TempDir() + "/backup.zip"
		m, err := o.Backup(ctx, file)
		close(done)
		<-quiet
		if err != nil {
			t.Fatal(err)
		}
		c := agency.Defaults(t.TempDir())
		if _, err := agency.Restore(ctx, c, file); err != nil {
			t.Fatal(err)
		}
		again, err := agency.Open(ctx, c, agency.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		findings, err := again.Check(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if !f.OK {
				t.Errorf("%s: %s", f.Part, f.Error)
			}
		}
		if head, err := again.Wire.Head(ctx); err != nil || int64(head) != m.Wire {
			t.Errorf("the wire ends at %d, not %d: %v", head, m.Wire, err)
		}
		if st, err := again.Stories.Get(ctx, first.ID); err != nil || st.Content.Headline != "Before" {
			t.Errorf("%+v %v", st, err)
		}
	})
}
