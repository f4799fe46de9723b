// Package hub tells whoever asked for it that one of the agency's public feeds
// has changed, and brings them the feed (WebSub, W3C 2018).
//
// It promises that nobody is told who did not confirm that they asked, that
// what is brought is the feed as anybody may fetch it, signed where a secret
// was agreed, and that a listener who does not answer holds up no other and is
// tried for three days. A listener has one row, however much is sent.
//
// How a feed is made is left to the site; listeners are reached by the courier
// alone.
package hub
