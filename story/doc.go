// Package story is the heart of the newsroom: stories, their revisions, the
// states they pass through and the acts that move them.
//
// It promises that no revision is ever overwritten, that a release and the
// change of state that causes it and its wire number are one transaction, and
// that what it stores is valid against the body's grammar. It leaves to reveal
// the question who may read what, and to the faces how anything looks.
package story
