// Package cuttings is the house's press-cutting service: it reads each story as
// it goes out, lays it by for the readers who follow what it speaks of, and
// writes them letters.
//
// It promises that what a reader is told of is found in what that reader may
// have, and is looked at again when the letter is written; that a story is told
// once for each thing followed, and then again only when it is corrected or
// killed; that its place on the wire and what is laid by survive a crash, after
// which a letter comes twice at most, with the same id; and that nothing is
// kept of who was told what beyond a week.
//
// It leaves to audience who follows what, to the archive whether a text speaks
// of it, to reveal what a reader may have, and to the faces how a letter looks.
package cuttings
