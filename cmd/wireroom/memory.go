package main

import (
	"os"
	"runtime/debug"
)

// headroom is how much garbage a program that serves may gather, in per cent of
// what it holds: half of what Go would allow. Pages come from memory and leave
// hardly any, so that it is collected seldom all the same.
const headroom = 50

// thrifty keeps the memory of a program that serves close to what it holds,
// unless GOGC says otherwise.
func thrifty() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(headroom)
	}
}
