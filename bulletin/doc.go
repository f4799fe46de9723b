// Package bulletin is the room of the letters with several stories: what goes
// into the morning's, the evening's and the week's, when, and to whom.
//
// It promises that the stories of an issue are fixed once, by their wire
// numbers, in the transaction that also moves the bulletin on, so that a crash
// neither loses a story nor brings one twice; that a correction or a kill of
// what an issue told stands in the next one; that each reader's letter of an
// issue is the same letter whenever it is sent, with the same id, and after a
// crash comes twice at most; and that who is still to have one is forgotten as
// soon as they have it. Nothing tells whether a letter was opened.
//
// It leaves to reveal what a reader may have of a story, to audience who the
// readers are, to mail how a letter travels, and to the faces how it looks.
package bulletin
