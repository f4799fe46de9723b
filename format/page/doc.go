// Package page reads the text of an agency's web page, as a reader or a
// browser's "save as text" leaves it: a headline, paragraphs of which the
// first begins with the dateline, and a list of further items in which section
// labels, headline and the notice of a plan stand with nothing between them.
//
// It promises to keep each character of what it takes, to keep the order, and
// to name each line of the list that it does not take. It leaves to intake
// what becomes of the drafts.
package page
