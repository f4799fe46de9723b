// Package clients is the sales desk of the agency: the organisations that buy
// the wire, what their contracts give them, their tokens and seats, and the
// receipts that they owe for what was mended or taken back.
//
// It promises that a token is told once and kept as a hash, that of its use no
// more than the month is known, that a contract which is over gives nothing,
// and that a receipt once given stays. What a client may see is decided by
// reveal, to which it hands the contract; how clients are served is left to the
// faces.
package clients
