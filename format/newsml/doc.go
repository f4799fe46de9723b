// Package newsml writes and reads NewsML-G2, and reads its forerunner NewsML
// 1.2: messages with items of news, and packages that hold them together.
//
// It promises that what it writes fits IPTC's schema and comes back to the same
// text, that a story comes with its pictures and with the same story in other
// languages when these are in the message, and that what agencies send is read
// whatever they leave out. What has no place of its own in a story stands in
// the editor's note. It leaves NITF within it to that room.
package newsml
