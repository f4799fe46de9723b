package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// unknown tells an SVG drawing, which a person takes for a picture, from what
// is none at all.
func unknown(data []byte) error {
	if bytes.Contains(bytes.ToLower(data[:min(len(data), 4096)]), []byte("<svg")) {
		return &Unfit{Reason: ADrawing}
	}
	return &Unfit{Reason: NotAPicture}
}

// suspect reports a picture that is another file as well. Nothing of it would
// survive being drawn anew, but whoever sent it wants something, or has sent
// what they did not mean to; either way a person should look.
func suspect(data []byte) bool {
	return holdsProgram(data) || isArchive(data) || isPDF(data) || strangeTail(tail(data))
}

// programs are how pages and scripts begin, in small letters.
var programs = [][]byte{[]byte("<script"), []byte("<!doctype"), []byte("<html"), []byte("<?php"), []byte("#!/bin/"), []byte("#!/usr/")}

func holdsProgram(data []byte) bool {
	for at := 0; ; at++ {
		i := bytes.IndexAny(data[at:], "<#")
		if i < 0 {
			return false
		}
		at += i
		head := bytes.ToLower(data[at:min(at+12, len(data))])
		if slices.ContainsFunc(programs, func(p []byte) bool { return bytes.HasPrefix(head, p) }) {
			return true
		}
	}
}

// isArchive finds a ZIP's directory, which stands at a file's end.
func isArchive(data []byte) bool {
	const sign, size = "PK\x05\x06", 22
	from := max(0, len(data)-size-1<<16)
	i := bytes.LastIndex(data[from:], []byte(sign))
	if i < 0 || from+i+size > len(data) {
		return false
	}
	end := data[from+i:]
	return int(binary.LittleEndian.Uint16(end[20:]))+size == len(end)
}

// isPDF looks where PDF readers do.
func isPDF(data []byte) bool { return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) }

// tail is what stands after the end of a whole picture; of a GIF nothing is
// looked for.
func tail(data []byte) []byte {
	for p := range parts(data) {
		if p.name == markEnd || p.name == "IEND" {
			return p.rest
		}
	}
	if isWebP(data) {
		return data[min(int64(len(data)), 8+int64(binary.LittleEndian.Uint32(data[4:]))):]
	}
	return nil
}

// strangeTail lets pass what cameras and telephones put after a picture:
// padding, further pictures of the same moment, a short film.
func strangeTail(rest []byte) bool {
	film := len(rest) >= 8 && string(rest[4:8]) == "ftyp"
	if film || bytes.HasSuffix(rest, []byte("SEFT")) {
		return false
	}
	for len(rest) > 0 && (rest[0] == 0 || rest[0] == '\r' || rest[0] == '\n') {
		rest = rest[1:]
	}
	return len(rest) > 0 && !codecs[0].magic(rest)
}
