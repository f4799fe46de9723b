// Package envelope closes a message so that the browser alone that it is for
// can open it, whoever carries it there, and signs for who sends it.
//
// It is RFC 8291 (Web Push's keys), RFC 8188 (the form aes128gcm, in a single
// record) and RFC 8292 (VAPID) over Go's own ciphers. What is in the envelope
// and how it travels is for others to say.
package envelope
