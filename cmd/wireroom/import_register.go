package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"wireroom/agency"
	"wireroom/archive/register"
	"wireroom/fault"
)

type importRegisterCmd struct {
	place
	DryRun bool   `help:"Look and report, but keep nothing."`
	File   string `arg:"" help:"The list."`
}

// Run takes the list, whole or not at all.
func (cmd *importRegisterCmd) Run(ctx context.Context, out *output) error {
	list, flaws, err := cmd.read()
	if err != nil {
		return err
	}
	return cmd.with(ctx, func(a *agency.Agency) error {
		began := time.Now()
		report, err := a.Register.Import(ctx, list, cmd.DryRun || len(flaws) > 0)
		if err != nil {
			return err
		}
		report.Flaws, report.DryRun = append(flaws, report.Flaws...), cmd.DryRun
		if len(report.Flaws) > 0 {
			report.Added, report.People, report.Places, report.Topics = 0, 0, 0, 0
		}
		for _, k := range report.Known {
			out.say("%s:%d: already here: %s (%s)", cmd.File, k.Line, k.Name, k.Slug)
		}
		for _, f := range report.Flaws {
			out.say("%s:%d: broken: %s%s", cmd.File, f.Line, prefixed(f.Field), f.Reason)
		}
		if n := len(report.Flaws); n > 0 {
			return out.undone(report, fault.Conflict("nothing was kept", "%d broken; mend the list and run it again", n))
		}
		words := fmt.Sprintf("%d taken (%d people, %d places, %d topics), %d already here", report.Added, report.People, report.Places, report.Topics, len(report.Known))
		if cmd.DryRun {
			words += "; nothing was kept"
		}
		return out.done(report, "import register: %s in %s", words, time.Since(began).Round(time.Millisecond))
	})
}

func (cmd *importRegisterCmd) read() ([]register.Listed, []register.Flaw, error) {
	f, err := os.Open(cmd.File)
	if err != nil {
		return nil, nil, fault.Invalid(cmd.File, "it can't be read: %v", err)
	}
	defer f.Close()
	list, flaws, err := register.ReadList(f)
	if err != nil {
		return nil, nil, fault.Invalid(cmd.File, "it can't be read: %v", err)
	}
	return list, flaws, nil
}
