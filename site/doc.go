// Package site is what readers see: the editions with their front pages,
// lists, stories and corrections, the offer, and a reader's own door.
//
// It promises pages that need no script, no cookie before sign-in and nothing
// from another host, and that hold only what the door gave to this viewer: a
// page is filled from renditions and from nothing else. It leaves to reveal
// what a viewer may have, to audience who the viewer is, and to its press the
// keeping of finished pages.
package site
