package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"wireroom/agency"
	"wireroom/fault"
	"wireroom/masthead"
)

// commands is the whole command line.
type commands struct {
	JSON bool `name:"json" help:"Give reports as JSON on standard output."`

	Init    initCmd    `cmd:"" help:"Found an agency in a folder."`
	Serve   serveCmd   `cmd:"" help:"Serve readers and staff."`
	Demo    demoCmd    `cmd:"" help:"Serve an invented agency to look at."`
	Staff   staffCmd   `cmd:"" help:"Who works at the desk."`
	Link    linkCmd    `cmd:"" help:"Make a sign-in link: one use, 24 hours."`
	Import  importCmd  `cmd:"" help:"Take stories in from elsewhere; what is here already is not taken again."`
	Check   checkCmd   `cmd:"" help:"Check the database, the chain of the wire, the texts that were sent and the pictures."`
	Backup  backupCmd  `cmd:"" help:"Write the agency to a file, while it is served; sign-in links and sessions are left out."`
	Restore restoreCmd `cmd:"" help:"Put a backup into an empty place; everybody signs in anew."`
	Export  exportCmd  `cmd:"" help:"Write everything to a file that other programs and people can read, while it is served."`
	Config  configCmd  `cmd:"" help:"Print the configuration, every key explained."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// place is where an agency is.
type place struct {
	Data string `help:"The agency's folder." default:"." env:"WIREROOM_DATA" placeholder:"DIR"`
	DB   string `name:"db" help:"A SQLite file, relative to the folder, or postgres://…; else as wireroom.toml says." placeholder:"DATABASE"`
}

func (p place) config() (agency.Config, error) {
	c, err := agency.Load(p.Data, os.Getenv)
	if err == nil && p.DB != "" {
		err = c.Set("db", p.DB, "--db")
	}
	return c, err
}

func (p place) open(ctx context.Context) (*agency.Agency, error) {
	c, err := p.config()
	if err != nil {
		return nil, err
	}
	return agency.Open(ctx, c, agency.Options{Log: os.Stderr})
}

// with opens the agency for as long as work takes.
func (p place) with(ctx context.Context, work func(*agency.Agency) error) (err error) {
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if closing := a.Close(); err == nil && closing != nil {
			err = fault.Internal("closing the database", closing)
		}
	}()
	return work(a)
}

type initCmd struct {
	place
	Name      string            `help:"The agency's name, as datelines have it." required:""`
	Names     map[string]string `help:"The name where a language writes it otherwise, as ru=Позирк;be=Позірк." placeholder:"LANG=NAME"`
	Languages []string          `help:"The editions, of en, ru and be; the first is the agency's own." default:"en"`
	Sections  []string          `help:"Labels of the sections, in the first language." placeholder:"LABEL"`
	Plan      string            `help:"The name of the subscription; none without it." placeholder:"NAME"`
	Notice    string            `help:"What a reader without the plan sees, in the first language." placeholder:"TEXT"`
	Zone      string            `help:"The agency's time zone, as Europe/Vilnius." default:"UTC"`
	URL       string            `name:"url" help:"The public address of the site, as https://example.org." placeholder:"URL"`
}

// Run founds the agency.
func (cmd *initCmd) Run(ctx context.Context, out *output) error {
	c, err := cmd.config()
	if err != nil {
		return err
	}
	m, err := agency.Found(ctx, c, agency.Founding{
		Name: cmd.Name, Names: cmd.Names, Languages: cmd.Languages, Sections: cmd.Sections,
		Plan: cmd.Plan, Notice: cmd.Notice, Zone: cmd.Zone, URL: cmd.URL,
	})
	if err != nil {
		return err
	}
	report := struct {
		Data string `json:"data"`
		masthead.Masthead
	}{c.Data, m}
	return out.done(report, "init: %s is founded in %s", m.Name, c.Data)
}

type linkCmd struct {
	place
	Email  string `arg:"" optional:"" help:"Who of the staff."`
	Reader string `help:"A reader's name, in place of EMAIL." placeholder:"NAME"`
	Plan   string `help:"Give the reader this plan; the only one if there is but one." placeholder:"PLAN"`
	Until  string `help:"The last day of the plan; enters the reader if need be." placeholder:"YYYY-MM-DD"`
	Addr   string `help:"The host and port in the link; else where the agency is being served, or as wireroom.toml says." placeholder:"HOST:PORT"`
}

// Run prints the link.
func (cmd *linkCmd) Run(ctx context.Context, out *output) error {
	if (cmd.Email == "") == (cmd.Reader == "") {
		return fault.Invalid("link", "give either EMAIL or --reader NAME")
	}
	if cmd.Reader == "" && (cmd.Plan != "" || cmd.Until != "") {
		return fault.Invalid("link", "--plan and --until are for a reader")
	}
	return cmd.with(ctx, func(a *agency.Agency) error {
		if cmd.Addr != "" {
			if err := a.Config.Set("addr", cmd.Addr, agency.AddrFlag); err != nil {
				return err
			}
		}
		link, err := cmd.make(ctx, a)
		if err != nil {
			return err
		}
		return out.done(link, "%s", link.URL)
	})
}

func (cmd *linkCmd) make(ctx context.Context, a *agency.Agency) (agency.Link, error) {
	if cmd.Reader == "" {
		return a.StaffLink(ctx, cmd.Email)
	}
	pass := agency.Pass{Plan: cmd.Plan}
	if cmd.Until != "" {
		m, err := a.Masthead.Load(ctx)
		if err != nil {
			return agency.Link{}, err
		}
		day, err := time.ParseInLocation(time.DateOnly, cmd.Until, m.Zone)
		if err != nil {
			return agency.Link{}, fault.Invalid("until", "%q is no day like 2026-12-31", cmd.Until)
		}
		pass.Until = day.AddDate(0, 0, 1)
	}
	return a.ReaderLink(ctx, cmd.Reader, pass)
}

type checkCmd struct{ place }

// Run checks the agency.
func (cmd *checkCmd) Run(ctx context.Context, out *output) error {
	return cmd.with(ctx, func(a *agency.Agency) error {
		found, err := a.Check(ctx)
		if err != nil {
			return err
		}
		var bad []string
		for _, f := range found {
			word := "sound"
			if !f.OK {
				word = f.Error
				bad = append(bad, f.Part+": "+f.Error)
			}
			out.say("%-9s %8d  %s", f.Part, f.Count, word)
		}
		if len(bad) > 0 {
			return out.undone(found, fault.Internal("the agency is damaged", fmt.Errorf("%s", strings.Join(bad, "; "))))
		}
		return out.done(found, "check: all is sound")
	})
}

type configCmd struct{ place }

// Run prints the configuration, which is a wireroom.toml by itself.
func (cmd *configCmd) Run(out *output) error {
	c, err := cmd.config()
	if err != nil {
		return err
	}
	return out.done(c.Values(), "%s", strings.TrimSuffix(c.Print(), "\n"))
}

type versionCmd struct{}

// Run prints the version.
func (cmd *versionCmd) Run(out *output) error {
	v := version()
	return out.done(map[string]string{"version": v}, "wireroom %s", v)
}

// version is the release, or the commit that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value
		}
	}
	return v
}
