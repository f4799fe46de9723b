// Package record is the agency's record of who said what: the words that an
// editor has confirmed to be somebody's.
//
// It promises that nothing is on it but by an editor's hand, each with who put
// it there; that what it takes stands in the story at that moment; and that a
// speaker and a subject are found by any customary spelling and form. Finding
// quotations in a text is quote's business, and its proposals are not kept.
package record
