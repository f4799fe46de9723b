// Package nitf writes and reads NITF, the News Industry Text Format: versions
// up to 3.6, one text a document.
//
// It promises that what it writes fits IPTC's schema and comes back to the same
// text, and that it reads what agencies send under that name, with fields that
// are missing, misplaced or filled with nothing. What has no place of its own
// in a story stands in the editor's note.
package nitf
