// Package portal is the agency's counter for the people of its clients: what
// came over the wire as a list that they can look through and take with them,
// under /wire/.
//
// It promises that whoever sits there has what the products of their client
// give and learns of nothing else, that to look at a letter's link signs nobody
// in, and that no page needs its script. What a client may have is decided by
// reveal; machines are served by ticker.
package portal
