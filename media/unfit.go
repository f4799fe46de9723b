package media

import (
	"fmt"

	"wireroom/fault"
)

// Reason says why a file is not taken in.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	TooManyBytes  Reason = "bytes"   // larger than MaxBytes, as it comes or drawn anew
	NotAPicture   Reason = "kind"    // no JPEG, PNG, GIF or WebP by its first bytes
	ADrawing      Reason = "svg"     // SVG, which is a program as much as a picture
	Hidden        Reason = "hidden"  // there is another file behind or within the picture
	Damaged       Reason = "damaged" // cut off, broken, or of a kind that is not read
	NoPixels      Reason = "empty"
	TooManyPixels Reason = "pixels" // more than MaxPixels
	TooHeavy      Reason = "heavy"  // its kind takes too much memory to decode
)

// Unfit is the answer to a file that is not taken in. It is an Invalid fault
// of the field "picture".
type Unfit struct {
	Reason        Reason
	Width, Height int // where Reason is TooManyPixels
	Cause         error
}

func (u *Unfit) Error() string { return u.Unwrap().Error() }

// Unwrap gives the fault, whose sentence is English.
func (u *Unfit) Unwrap() error {
	return &fault.Error{Kind: fault.KindInvalid, Subject: "picture", Why: u.why(), Cause: u.Cause}
}

func (u *Unfit) why() string {
	switch u.Reason {
	case TooManyBytes:
		return fmt.Sprintf("the file is larger than %d MB", MaxBytes>>20)
	case NotAPicture:
		return "this is not a JPEG, PNG, GIF or WebP picture"
	case ADrawing:
		return "this is an SVG drawing, which can carry programs; export it as PNG"
	case Hidden:
		return "another file or a program hides in this picture; export it anew from a picture editor"
	case NoPixels:
		return "it has no pixels"
	case TooManyPixels:
		return fmt.Sprintf("%d × %d pixels are more than %d megapixels", u.Width, u.Height, MaxPixels/1_000_000)
	case TooHeavy:
		return "a picture of this size and kind takes too much memory; save it as an ordinary JPEG, not a progressive one and not with 16 bits a colour"
	}
	return "the file is damaged or of a kind that cannot be read"
}
