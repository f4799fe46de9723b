// Package staff is the people of the newsroom: who they are, how they sign in,
// and who may invite, change, freeze and part with whom.
//
// It promises that tokens are kept only as hashes, that a link, a challenge and
// a code work once, that a session ends, that who is frozen or has left is out
// in the same transaction, and that each such act is in a list that knows names
// and no network addresses. It leaves to story which act on a story a role may
// do.
package staff

import (
	"slices"
	"time"
)

// Role is what a person is in the newsroom.
type Role string

// The roles.
const (
	Translator    Role = "translator"    // puts stories into other languages and submits them
	Reporter      Role = "reporter"      // writes and submits; does not send
	Editor        Role = "editor"        // sends, corrects, holds, kills
	Chief         Role = "chief"         // everything
	Administrator Role = "administrator" // keeps the staff and the masthead; touches no story
)

// Roles lists the roles.
func Roles() []Role { return []Role{Translator, Reporter, Editor, Chief, Administrator} }

// Known reports whether r is a role.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }

// KeepsHouse reports whether the role looks after staff and masthead.
func (r Role) KeepsHouse() bool { return r == Chief || r == Administrator }

// Person is someone who works at the desk.
type Person struct {
	ID       string
	Name     string
	Email    string // "" once they have left
	Role     Role
	Sections []string  // ids that their rights are limited to, in order; none is all
	Frozen   time.Time // since when nothing is open to them; zero is not
	Left     time.Time // when they left the agency; zero is still here
	Lang     string    // of their screens and letters; "" is unknown
}

// Here reports whether the person may sign in at all.
func (p Person) Here() bool { return p.Frozen.IsZero() && p.Left.IsZero() }

// Covers reports whether the person's rights reach a story in the sections:
// one of theirs is among them, or there is no limit, or no section yet.
func (p Person) Covers(sections []string) bool {
	if len(p.Sections) == 0 || len(sections) == 0 {
		return true
	}
	return slices.ContainsFunc(sections, func(id string) bool { return slices.Contains(p.Sections, id) })
}
