// Package wxr reads what WordPress exports: RSS with what WordPress adds.
//
// It promises one item at a time whatever the size of the file, each with its
// line, its writers, its terms and the addresses that it had, and to read the
// text as WordPress would have shown it: paragraphs of blank lines, captions,
// galleries and embeds. Since posts name pictures by number, a first look
// through all files comes before the reading. It leaves to intake which posts
// become stories.
package wxr
