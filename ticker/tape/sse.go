package tape

import (
	"bytes"
	"strconv"
)

// Encode writes an event as server-sent events have it; number 0 leaves the
// reader's place as it is.
func Encode(number int64, name string, data []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(data) + 64)
	if number > 0 {
		b.WriteString("id: " + strconv.FormatInt(number, 10) + "\n")
	}
	b.WriteString("event: " + name + "\n")
	for line := range bytes.Lines(data) {
		b.WriteString("data: ")
		b.Write(bytes.ReplaceAll(bytes.TrimRight(line, "\r\n"), []byte("\r"), nil))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// Beat is a sign of life that tells how far the tape has come, so that a reader
// to whom nothing was sent for long goes on from there.
func Beat(at int64) []byte {
	return []byte(":\nid: " + strconv.FormatInt(at, 10) + "\n\n")
}

// unnumbered is an encoded event without its number.
func unnumbered(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte("id: ")) {
		return data
	}
	_, rest, _ := bytes.Cut(data, []byte("\n"))
	return rest
}
