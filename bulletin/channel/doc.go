// Package channel posts stories, as soon as they are sent, where readers follow
// the agency outside its own site: in Telegram.
//
// It promises that each channel follows the wire from a cursor of its own, so
// that one that hangs keeps no other back; that what stands there is edited
// when the story is updated or corrected, and taken out when it is held or
// killed; that an embargo holds; and that a post which may have gone out just
// before a crash is made once more at the most. That first one is then out of
// reach, and the desk is told.
//
// It leaves to reveal what may be told of a story (a channel is a reader
// without a plan), to courier the way there, and to the faces the words.
package channel
