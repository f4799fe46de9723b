// Package courier goes out for the newsroom: it is the one client by which the
// program reaches an address that somebody typed, be it a client's webhook, an
// agency's feed or a machine that takes files.
//
// It promises that it never reaches into the house it starts from: at each
// connection the address that is really dialled is looked at, after names are
// resolved, on each hop of a redirect, and loopback, private, link-local and
// every other address that is not of the open internet is refused, also when
// it is dressed as another (mapped, NAT64, 6to4, Teredo) or belongs to this
// machine. It uses no proxy from the environment, carries no secret to another
// host than the one it was given for, and bounds time, size and hops. What the
// settings name, by host or network, is exempt.
//
// What is carried and what an answer means is left to others.
package courier
