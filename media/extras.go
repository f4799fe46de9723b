package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
)

// extras are the two facts beside the pixels that change how they look.
type extras struct {
	orientation int    // EXIF, 1–8; 0 is not given
	profile     []byte // ICC; nil is not given
}

// maxProfile bounds a colour profile; one may lie compressed in a PNG.
const maxProfile = 4 << 20

// jpegExtras reads the segments before the picture's data.
func jpegExtras(data []byte) (x extras) {
	for p := range jpegParts(data) {
		if p.name == markScan {
			break
		}
		x.segment(p.name[0], p.body)
	}
	return x
}

func (x *extras) segment(marker byte, body []byte) {
	const exif, profile = "Exif\x00\x00", "ICC_PROFILE\x00"
	switch {
	case marker == 0xe1 && bytes.HasPrefix(body, []byte(exif)):
		x.orientation = orientation(body[len(exif):])
	case marker == 0xe2 && bytes.HasPrefix(body, []byte(profile)) && len(body) > len(profile)+2:
		// A long profile lies in several segments, each with its place and
		// the number of all; writers keep them in order.
		if len(x.profile)+len(body) <= maxProfile {
			x.profile = append(x.profile, body[len(profile)+2:]...)
		}
	}
}

func pngExtras(data []byte) (x extras) {
	for p := range pngParts(data) {
		switch p.name {
		case "eXIf":
			x.orientation = orientation(p.body)
		case "iCCP":
			x.profile = inflate(p.body)
		}
	}
	return x
}

// inflate reads the profile after its name, a zero and the method's number.
func inflate(body []byte) []byte {
	i := bytes.IndexByte(body, 0)
	if i < 0 || i+2 > len(body) {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(body[i+2:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(z, maxProfile))
	if err != nil {
		return nil
	}
	return profile
}

func webpExtras(data []byte) (x extras) {
	for p := range webpParts(data) {
		switch p.name {
		case "EXIF":
			x.orientation = orientation(bytes.TrimPrefix(p.body, []byte("Exif\x00\x00")))
		case "ICCP":
			if len(p.body) <= maxProfile {
				x.profile = p.body
			}
		}
	}
	return x
}

// orientation reads tag 0x0112 from the first directory of a TIFF block; 0 if
// it is not there.
func orientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	dir := tiff[at+2:]
	for n := order.Uint16(tiff[at:]); n > 0 && len(dir) >= 12; n-- {
		if order.Uint16(dir) == 0x0112 && order.Uint16(dir[2:]) == 3 {
			if o := int(order.Uint16(dir[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		dir = dir[12:]
	}
	return 0
}

// soundProfile holds that the profile is as long as it says and that its tags
// lie within it, because the reader sets memory aside by what they claim.
func soundProfile(p []byte) bool {
	if len(p) < 132 || int64(binary.BigEndian.Uint32(p)) != int64(len(p)) {
		return false
	}
	tags := p[132:]
	for n := binary.BigEndian.Uint32(p[128:]); n > 0; n-- {
		if len(tags) < 12 {
			return false
		}
		at, size := int64(binary.BigEndian.Uint32(tags[4:])), int64(binary.BigEndian.Uint32(tags[8:]))
		if at+size > int64(len(p)) {
			return false
		}
		tags = tags[12:]
	}
	return true
}
