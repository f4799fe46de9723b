// Package prose reads text that came from elsewhere, HTML or plain, as a
// story's blocks.
//
// It promises to keep every word, to take no markup but the typed body's, to
// list what a body can't hold, and to build nothing that no story has room for.
// It leaves to the decoders in which field the text stood.
package prose
