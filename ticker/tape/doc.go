// Package tape is the ticker's machine: one event goes to thousands of open
// connections as the same bytes, from a few goroutines.
//
// It promises that a line which cannot take what it is sent holds up no other,
// is told that it was too slow and is cut off; and that what has been taken
// back is not sent to those who still wait for it. It knows nothing of HTTP,
// clients or stories: who may have which event is for the ticker to say.
package tape
