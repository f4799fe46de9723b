// Package compare tells what one text has that another has not, as an editor
// with a pen would: words struck out and put in inside their paragraphs,
// paragraphs and pictures that came, went or moved.
//
// It promises that what is left of each text when the other's words are taken
// away is that text, and that two texts of any length take no more memory than
// they have words. It leaves the words and colours to the face.
package compare
