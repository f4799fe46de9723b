package main

import (
	"context"
	"time"

	"wireroom/agency"
	"wireroom/staff"
)

// staffCmd is what the terminal does to the staff: all that the desk's screens
// do, and alone, for when nobody at the desk can.
type staffCmd struct {
	Add    staffAddCmd    `cmd:"" help:"Take someone on."`
	List   staffListCmd   `cmd:"" help:"List everyone."`
	Freeze staffFreezeCmd `cmd:"" help:"Shut an account at once: sessions and links end."`
	Thaw   staffThawCmd   `cmd:"" help:"Open a frozen account again; at the desk that takes two people."`
	Leave  staffLeaveCmd  `cmd:"" help:"End an account for good; what they wrote stays, the address is free."`
}

type staffAddCmd struct {
	place
	Name     string   `help:"The person's name." required:""`
	Email    string   `help:"The person's address." required:""`
	Role     string   `help:"translator, reporter, editor, chief or administrator." required:""`
	Sections []string `help:"Ids of the sections that their rights are limited to; else all." placeholder:"ID"`
}

// Run takes the person on.
func (cmd *staffAddCmd) Run(ctx context.Context, out *output) error {
	return cmd.with(ctx, func(a *agency.Agency) error {
		p, _, err := a.Staff.Invite(ctx, staff.Terminal(), staff.Person{Name: cmd.Name, Email: cmd.Email, Role: staff.Role(cmd.Role), Sections: cmd.Sections})
		if err != nil {
			return err
		}
		return out.done(person(p), "staff add: %s <%s> is %s", p.Name, p.Email, p.Role)
	})
}

type personReport struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Email  string     `json:"email,omitempty"`
	Role   string     `json:"role"`
	Frozen *time.Time `json:"frozen,omitempty"`
	Left   *time.Time `json:"left,omitempty"`
}

func person(p staff.Person) personReport {
	r := personReport{ID: p.ID, Name: p.Name, Email: p.Email, Role: string(p.Role)}
	if !p.Frozen.IsZero() {
		r.Frozen = &p.Frozen
	}
	if !p.Left.IsZero() {
		r.Left = &p.Left
	}
	return r
}

type staffListCmd struct{ place }

// Run lists the staff.
func (cmd *staffListCmd) Run(ctx context.Context, out *output) error {
	return cmd.with(ctx, func(a *agency.Agency) error {
		all, err := a.Staff.List(ctx)
		if err != nil {
			return err
		}
		report := []personReport{}
		for _, p := range all {
			report = append(report, person(p))
			switch {
			case !p.Left.IsZero():
				out.say("%-9s %s, left %s", p.Role, p.Name, p.Left.Format(time.DateOnly))
			case !p.Frozen.IsZero():
				out.say("%-9s %s <%s>, frozen", p.Role, p.Name, p.Email)
			default:
				out.say("%-9s %s <%s>", p.Role, p.Name, p.Email)
			}
		}
		return out.done(report, "staff list: %d", len(all))
	})
}

// named is who a command of the staff is about.
type named struct {
	place
	Email string `arg:"" help:"Who of the staff."`
}

// carries does work to the person and reports how they stand then.
func (n named) carries(ctx context.Context, out *output, words string, work func(*agency.Agency, string) error) error {
	return n.with(ctx, func(a *agency.Agency) error {
		p, err := a.Staff.ByEmail(ctx, n.Email)
		if err != nil {
			return err
		}
		if err := work(a, p.ID); err != nil {
			return err
		}
		if p, err = a.Staff.ByID(ctx, p.ID); err != nil {
			return err
		}
		return out.done(person(p), "staff "+words, p.Name)
	})
}

type staffFreezeCmd struct{ named }

// Run freezes the account.
func (cmd *staffFreezeCmd) Run(ctx context.Context, out *output) error {
	return cmd.carries(ctx, out, "freeze: %s is out", func(a *agency.Agency, id string) error {
		return a.Staff.Freeze(ctx, staff.Terminal(), id)
	})
}

type staffThawCmd struct{ named }

// Run opens the account again.
func (cmd *staffThawCmd) Run(ctx context.Context, out *output) error {
	return cmd.carries(ctx, out, "thaw: %s may sign in again", func(a *agency.Agency, id string) error {
		_, err := a.Staff.Thaw(ctx, staff.Terminal(), id)
		return err
	})
}

type staffLeaveCmd struct{ named }

// Run ends the account.
func (cmd *staffLeaveCmd) Run(ctx context.Context, out *output) error {
	return cmd.carries(ctx, out, "leave: %s has left", func(a *agency.Agency, id string) error {
		return a.Staff.Leave(ctx, staff.Terminal(), id)
	})
}
