// Package choice is the list of formats that a client may have the wire in.
//
// It promises one name, media type and encoder for each, so that an address, a
// push and a download mean the same by "newsml". It leaves the writing to the
// encoders' rooms, and to clients who may have what.
package choice
