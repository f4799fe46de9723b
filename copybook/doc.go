// Package copybook is the agency's store of texts that are written again and
// again: templates by which a kind of story is begun, and paragraphs of
// background by topic, each in a language and found by its name.
//
// It promises that a name stands for one text in a language, that a save over
// a newer one is refused, and that what is taken out of use can be taken up
// again. What becomes of a text in a story is the story's: nothing here changes
// with it.
package copybook
