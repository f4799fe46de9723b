// Package print writes a story's blocks as HTML and as plain text.
//
// It promises that every character of the story arrives as it was written and
// none of it as markup, that an editor's insertion stands in square brackets,
// that a link leads nowhere but to the web, a mailbox or this host, and that
// no word of its own appears, so that it serves each language alike. It leaves
// to reveal which blocks a viewer may have, and to the faces the page around.
package print
