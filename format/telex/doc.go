// Package telex writes and reads news as plain text with a header, as it went
// by teleprinter and still does: IPTC 7901, and what American agencies send as
// ANPA 1312, which is only read.
//
// It promises that what it writes comes back to the same text, that lines which
// a machine broke are put together again, and that a word such as KILL or
// EMBARGO at the head of a message counts. What has no place of its own in a
// story stands in the editor's note.
package telex
