package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"wireroom/fault"
)

// output says how a command ended: to a person in lines, to a script as JSON.
type output struct {
	stdout, stderr io.Writer
	json           bool
	command        string
}

// say prints a line for a person; scripts do not get it.
func (o *output) say(format string, args ...any) {
	if !o.json {
		fmt.Fprintf(o.stdout, format+"\n", args...)
	}
}

// done is the last word of a command that did what it should: the report for
// a script, or the line for a person.
func (o *output) done(report any, format string, args ...any) error {
	if o.json {
		return o.print(report)
	}
	o.say(format, args...)
	return nil
}

// reported is an error whose report was printed already.
type reported struct{ error }

func (r reported) Unwrap() error { return r.error }

// undone is the last word of a command that has a report and failed all the
// same.
func (o *output) undone(report any, err error) error {
	if o.json {
		return errors.Join(reported{err}, o.print(report))
	}
	return err
}

func (o *output) print(report any) error {
	e := json.NewEncoder(o.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(report); err != nil {
		return fault.Internal("writing the report", err)
	}
	return nil
}

type failure struct {
	Error   string `json:"error"`
	Kind    string `json:"kind"`
	Subject string `json:"subject,omitempty"`
}

// failed says what went wrong and gives the exit status.
func (o *output) failed(err error) int {
	kind := fault.KindOf(err)
	if o.json && !errors.As(err, new(reported)) {
		f := failure{Error: err.Error(), Kind: kind.String()}
		var known *fault.Error
		if errors.As(err, &known) {
			f.Subject = known.Subject
		}
		_ = o.print(f)
	}
	name := "wireroom"
	if o.command != "" {
		name = o.command
	}
	fmt.Fprintf(o.stderr, "%s: %s\n", name, strings.ReplaceAll(err.Error(), "\n", "; "))
	if kind == fault.KindInvalid {
		return statusUsage
	}
	return statusFailed
}
