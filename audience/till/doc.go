// Package till is where readers' money is taken: by Stripe, by hand at the agency
// itself, or by a till for trying that takes none.
//
// It promises to tell a till only what is sold and for how much, nothing of the
// reader, and to turn what comes back, once its signature is good, into facts
// that mean the same in whatever order they come. It leaves to audience what
// the facts are worth.
package till
