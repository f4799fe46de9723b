// Package alert rings in readers' browsers when something happens, by Web Push
// (RFC 8030).
//
// It promises that a browser is known by nothing but where it is rung and what
// its reader chose: no account, no name; that who reads the database without
// the readers' key cannot ring it; that each alert that is to be rung is brought
// at least once or given up when it is no news any more; that a correction and
// a withdrawal go before all that waits, take the place of what was not yet
// brought, and are told to whoever may have been rung; that a browser which is
// no more is forgotten at once; and that no carrier can read an alert or tell
// one from another by its length.
//
// It leaves to reveal what may be told of a story (a browser is a reader without
// a plan), to envelope how a message is closed, to courier the way, to audience
// the keys of what belongs to readers, and to the faces the words.
package alert
