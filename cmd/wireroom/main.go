// Command wireroom is the agency as one program: it reads flags and signals,
// makes one call to the agency and says how that ended.
//
// It promises that everything can be scripted: no command asks a question,
// the last line and the exit status (0 done, 1 failed, 2 not understood) say
// how it ended, and --json gives the report as JSON on standard output. It
// leaves all the work to the rooms below.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones must be known on machines that have no files of them

	"github.com/alecthomas/kong"

	"wireroom/fault"
)

const (
	statusFailed = 1
	statusUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run carries out one command line and gives the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c commands
	parser, err := kong.New(&c, kong.Name("wireroom"), kong.Writers(stdout, stderr),
		kong.Description("A news agency in one program."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.UsageOnError())
	if err != nil {
		panic(err) // the table of commands is wrong
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		out := output{stdout: stdout, stderr: stderr, json: asksJSON(args)}
		return out.failed(usage(err))
	}
	out := output{stdout: stdout, stderr: stderr, json: c.JSON, command: chosen.Selected().FullPath()}
	chosen.BindTo(ctx, (*context.Context)(nil))
	if err := chosen.Run(&out); err != nil {
		return out.failed(err)
	}
	return 0
}

// usage makes a command line that kong does not understand a fault of ours.
func usage(err error) error {
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		if chosen := wrong.Context.Selected(); chosen != nil {
			return fault.Invalid(chosen.FullPath(), "%v (see --help)", err)
		}
	}
	return fault.Invalid("command line", "%v (see --help)", err)
}

// asksJSON is for a command line that could not be read to its end.
func asksJSON(args []string) bool {
	for _, a := range args {
		if a == "--json" {
			return true
		}
	}
	return false
}
