package export

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"strings"
)

// Form is that of the file. A program refuses one that it does not know.
const Form = 1

// What stands in an export beside the tables.
const (
	readmeName   = "README.md"
	newsName     = "ninjs/news" + lineEnding
	pictureDir   = "pictures/"
	manifestName = "manifest.json"
)

// Manifest says what an export holds. It tells no time, for the same agency
// gives the same bytes whenever it is written out.
type Manifest struct {
	Form    int    `json:"form"`
	Version int64  `json:"version"` // of the tables
	Agency  string `json:"agency"`
	Readers bool   `json:"readers"` // what is known of readers is in it
	Wire    int64  `json:"wire"`    // number of the last record
	Hash    string `json:"hash"`    // of that record
	Files   []File `json:"files"`
}

// File is one file of an export.
type File struct {
	Name   string   `json:"name"`
	Fields []string `json:"fields,omitempty"` // of a table's lines
	Lines  int64    `json:"lines,omitempty"`  // of a file of lines
	Bytes  int64    `json:"bytes"`
	SHA256 string   `json:"sha256"`
}

// Rows are how many lines of tables there are.
func (m Manifest) Rows() (n int64) {
	for _, f := range m.Files {
		if f.Name != newsName {
			n += f.Lines
		}
	}
	return n
}

// News are how many stories are there as ninjs.
func (m Manifest) News() int64 {
	for _, f := range m.Files {
		if f.Name == newsName {
			return f.Lines
		}
	}
	return 0
}

// Pictures are how many there are.
func (m Manifest) Pictures() (n int64) {
	for _, f := range m.Files {
		if f.picture() {
			n++
		}
	}
	return n
}

func (f File) picture() bool { return strings.HasPrefix(f.Name, pictureDir) }

// pictureID is the id of the picture that a file holds.
func (f File) pictureID() string {
	id, _, _ := strings.Cut(strings.TrimPrefix(f.Name, pictureDir), ".")
	return id
}

// topic is the topic whose rows the file holds; nil is none.
func (f File) topic() *topic {
	for _, t := range topics() {
		if t.File != "" && t.name() == f.Name {
			return t
		}
	}
	return nil
}

// summer hashes and counts what passes through it.
type summer struct {
	w     io.Writer
	hash  hash.Hash
	bytes int64
}

func newSummer(w io.Writer) *summer { return &summer{w: w, hash: sha256.New()} }

func (s *summer) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.hash.Write(p[:n])
	s.bytes += int64(n)
	return n, err
}

func (s *summer) hex() string { return hex.EncodeToString(s.hash.Sum(nil)) }
