// Package quote finds who said what in the text of a story: the archive's
// proposals for "what has she said about it since 2002".
//
// It promises that the words between the marks are given as they stand, editor's
// insertions included; that what it calls certain has its speaker named right
// there, beside the verb; and that a pronoun or a description ("the ruler") is
// resolved to a name only as a proposal. It knows English, Russian and
// Belarusian and leaves to others the storing, the confirming by an editor and
// the register of people: two spellings of a name are one if the folding that
// it is given says so.
package quote
