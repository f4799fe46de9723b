package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"

	"wireroom/agency"
	"wireroom/audience"
	"wireroom/audience/roll"
	"wireroom/bulletin"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

const (
	addresses    = 10_000
	lettersStory = 20
	lettersFloor = 1_000 // a second
	letterLines  = 4
)

// mailing measures a digest of twenty stories to ten thousand addresses, over
// four lines into a carrier of our own that throws all away: without a
// signature, with each kind of it, and beside a sender that does nothing but
// speak SMTP.
func mailing(dir string) error {
	post, err := openSink()
	if err != nil {
		return err
	}
	defer post.close()
	for _, kind := range []string{"", "ed25519", "rsa"} {
		if err := digest(filepath.Join(dir, "letters-"+kind), post, kind); err != nil {
			return err
		}
	}
	return nil
}

// digest fills an agency and sends one issue.
func digest(data string, post *sink, kind string) error {
	ctx := context.Background()
	house := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en"}, ZoneName: "UTC", PublicURL: "https://pozirk.example",
		Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics"}}}}
	c := agency.Defaults(data)
	if err := agency.FoundAs(ctx, c, house); err != nil {
		return err
	}
	a, err := agency.Open(ctx, c, agency.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	ada, err := a.Staff.Add(ctx, staff.Person{Name: "Ada", Email: "ada@example.org", Role: staff.Chief})
	if err != nil {
		return err
	}
	issue, err := fillLetters(ctx, a, ada)
	if err != nil {
		return err
	}
	settings := mail.Settings{Addr: post.addr, From: "Pozirk <news@pozirk.example>", TLS: "none", Bounces: "bounce@pozirk.example"}
	if kind != "" {
		settings.Selector, settings.Key, settings.KeyKind = "wireroom", filepath.Join(data, "dkim.key"), kind
	}
	carrier, err := mail.New(settings)
	if err != nil {
		return err
	}
	if kind == "" {
		if err := bareSender(ctx, carrier, post); err != nil {
			return err
		}
	}
	s := a.Sender(carrier)
	s.Lines, s.Pace = letterLines, 0
	stop, err := profiled("letters-" + kind)
	if err != nil {
		return err
	}
	post.reset()
	began, spent := time.Now(), processor()
	if err := s.Send(ctx, issue); err != nil {
		return err
	}
	took := time.Since(began)
	stop()
	if n := post.count(); n != addresses {
		return fmt.Errorf("of %d letters %d came", addresses, n)
	}
	what := map[string]string{"": "unsigned", "rsa": "signed by RSA-2048", "ed25519": "signed by Ed25519"}[kind]
	spent = processor() - spent
	rate := float64(addresses) / took.Seconds()
	fmt.Printf("%-52s %14s\n", "  of the processor, for the sender and the carrier", fmt.Sprintf("%.2f ms each", spent.Seconds()*1000/addresses))
	tell(fmt.Sprintf("letters of %d stories (%d KB), %s", lettersStory, post.bytes()/addresses/1024, what), fmt.Sprintf("%.0f/s", rate), fmt.Sprintf("≥ %d/s", lettersFloor), rate >= lettersFloor)
	return nil
}

// fillLetters sends twenty stories, opens ten thousand accounts that chose the
// bulletin, and composes its issue.
func fillLetters(ctx context.Context, a *agency.Agency, ada staff.Person) (issue int64, err error) {
	b, err := a.Letters.Add(ctx, ada, bulletin.Bulletin{ID: "flash-en", Lang: "en", Name: "Pozirk at once", Live: true, Rules: bulletin.Rules{AtOnce: true, Most: lettersStory}})
	if err != nil {
		return 0, err
	}
	for i := range lettersStory {
		c := story.Content{Headline: fmt.Sprintf("Council meets for the %d. time and decides nothing", i), Sections: []string{"politics"}, Urgency: 5,
			Teaser: "The council met in the morning, spoke for hours of the road to the station and went home when the lamps were lit.",
			Body:   story.Body{Blocks: []story.Node{story.Para(story.Plain("It met."))}}}
		st, err := a.Stories.Create(ctx, ada, "en", "", c)
		if err == nil {
			_, err = a.Stories.Release(ctx, ada, st.ID, st.Revision)
		}
		if err != nil {
			return 0, err
		}
	}
	clerk, err := a.Readers.Clerk(a.Staff, ada)
	if err != nil {
		return 0, err
	}
	var list roll.List
	for i := range addresses {
		list.Rows = append(list.Rows, roll.Row{Line: i + 1, Email: fmt.Sprintf("reader%d@domain%d.example", i, i%200), Lang: "en"})
	}
	if _, err := clerk.BringIn(ctx, list, audience.Bringing{}); err != nil {
		return 0, err
	}
	for _, row := range list.Rows {
		r, err := a.Readers.ByEmail(ctx, row.Email)
		if err == nil {
			err = a.Readers.Choose(ctx, r.ID, []string{"flash-en"})
		}
		if err != nil {
			return 0, err
		}
	}
	head, err := a.Wire.Head(ctx)
	if err == nil {
		_, err = a.Letters.AtOnce(ctx, head)
	}
	if err != nil {
		return 0, err
	}
	issues, err := a.Letters.Issues(ctx, b.ID, 1)
	if err == nil && len(issues) != 1 {
		err = errors.New("the bulletin has no issue")
	}
	if err != nil {
		return 0, err
	}
	return issues[0].Number, nil
}

// processor is how long the processor has worked for us. On a machine that is
// shared it tells more than the clock.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// profiled writes a profile of the processor to the folder that BENCH_PROFILES
// names, if it names one.
func profiled(name string) (stop func(), err error) {
	dir := os.Getenv("BENCH_PROFILES")
	if dir == "" {
		return func() {}, nil
	}
	f, err := os.Create(filepath.Join(dir, name+".prof"))
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}

// bareSender sends one finished letter again and again over as many lines: what
// is left of the speed when there is nothing to do.
func bareSender(ctx context.Context, p *mail.Post, post *sink) error {
	letter, err := p.Bytes(mail.Piece{To: "a@b.example", Subject: "Bare", ID: "bare", Text: string(make([]byte, 4096)), HTML: string(make([]byte, 16384))})
	if err != nil {
		return err
	}
	post.reset()
	var lines sync.WaitGroup
	errs := make(chan error, letterLines)
	began := time.Now()
	for range letterLines {
		lines.Go(func() {
			line, err := p.Line(ctx)
			for i := 0; err == nil && i < addresses/letterLines; i++ {
				err = line.Send("a@b.example", "", letter)
			}
			if err == nil {
				line.Close()
			}
			errs <- err
		})
	}
	lines.Wait()
	for range letterLines {
		if err := <-errs; err != nil {
			return err
		}
	}
	fmt.Printf("%-52s %14s\n", "a bare sender, one letter again and again", fmt.Sprintf("%.0f/s", float64(addresses)/time.Since(began).Seconds()))
	return nil
}
