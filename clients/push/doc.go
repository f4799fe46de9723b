// Package push brings the wire to the clients that do not fetch it: to an
// address that takes webhooks, to a machine that takes files, to a mailbox.
//
// It promises that each record which an endpoint is to have is brought at
// least once and in order, by an id by which repeats are known; that what does
// not arrive is tried for three days and is then kept where people find it;
// that corrections, holds and kills overtake whatever waits and are never
// undone by what they overtook; and that no endpoint, however slow, holds up
// another. A delivery that waits costs nothing: each endpoint reads the wire
// from its own cursor.
//
// A record whose story has a newer one is left out, for that one brings the
// whole story. What an endpoint may have, and in which form, is said by whoever
// opens the room; it is asked again before each try.
package push
