// Package press keeps finished pages: each is rendered once until the wire
// moves on, compressed once in each coding that somebody asks for, and served
// from memory.
//
// It promises that no page from before a Refresh is served to a request that
// comes after it, that a page above anonymous is never kept by anybody on the
// way (private, no-store, no entity tag), that one class of viewers never gets
// another's bytes, and that its memory is bounded whatever addresses are asked.
// It leaves to the site what a page says and to which class a viewer belongs.
package press
