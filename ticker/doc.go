// Package ticker is the machine that stands at the clients': the addresses
// under /wire/v1/, where they fetch what was sent, have it sent to them as it
// goes out, and say that a correction or a kill has arrived.
//
// It promises that a client is answered with what its contract gives and with
// no trace of the rest, that what it answers can be asked for again from any
// number of the wire, and that an answer which is no says what to do. It leaves
// to reveal what a client may have, and to format how that is written.
package ticker
