// Package audience is the readers: who they are to the agency, which is as
// little as can be, and which plans they hold until when.
//
// It promises that a reader can be found by what they themselves know, a
// number, an address, words, and by nothing else; that an address lies sealed,
// to a key that the program can do without; that nothing is kept of what is
// read or of when somebody came; and that what a session is worth changes
// everywhere within a second of the act that changes it. It leaves to reveal
// what a plan opens.
package audience
