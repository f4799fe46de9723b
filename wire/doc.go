// Package wire is the numbered log of everything that has gone out: the only
// way by which news leaves the newsroom.
//
// It promises that a record commits together with what it tells of; that
// numbers grow by one and become visible in their order, so no follower ever
// sees a gap; that a follower resumes where it stopped and is given each
// record at least once, by one holder at a time; and that a record changed
// afterwards is found, since each holds the hash of the one before.
//
// What a signal means and what stands in a payload is for others to say.
package wire
