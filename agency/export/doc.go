// Package export writes the whole agency out in an open form, and takes that
// into an empty place again.
//
// It promises that each table either is in the file or is said to stay here,
// and why; that the file depends on nothing but what the agency holds, so that
// what was taken in and is written out again gives the same bytes; that a line
// which is not as it was written is named and nothing is kept of the file; and
// that neither way holds more than a line and a picture in memory. It leaves
// to agency which place is read or filled, and who may ask.
package export
