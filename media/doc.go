// Package media is the picture desk's cabinet: every picture that a story
// shows, in the sizes that pages ask for.
//
// It promises that what it hands out is a picture and nothing else: each file
// is drawn anew from the pixels of what came in, upright, in sRGB, without the
// camera's, the place's or the sender's data. A picture is on disk whole or
// not at all, and its id is the hash of its bytes, so the same picture is kept
// once and a damaged one is found. It leaves to reveal the question who may
// see a picture, and to the story its caption, credit and description.
package media
