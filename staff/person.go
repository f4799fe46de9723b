// Package staff is the people of the newsroom: who they are, what their role
// lets them do, and how they sign in.
//
// It promises that tokens are kept only as hashes, that a link works once and
// that a session ends. It leaves to story which act a role may do.
package staff

// Role is what a person is in the newsroom.
type Role string

// The roles, from few rights to all.
const (
	Reporter Role = "reporter" // writes and submits; does not send
	Editor   Role = "editor"   // sends, corrects, holds, kills
	Chief    Role = "chief"    // everything
)

// Roles lists the roles, from few rights to all.
func Roles() []Role { return []Role{Reporter, Editor, Chief} }

// Known reports whether r is a role.
func (r Role) Known() bool { return r == Reporter || r == Editor || r == Chief }

// Person is someone who works at the desk.
type Person struct {
	ID    string
	Name  string
	Email string
	Role  Role
}
