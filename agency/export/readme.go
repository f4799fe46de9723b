package export

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

const opening = `# %s, written out

Everything that this news agency holds, up to number %d on its wire: for
another Wireroom to take in, and for any other program or person to read.

This file is a secret: drafts, what is under embargo and what was taken back
are in it.

- *.jsonl* files hold one JSON object in each line. Times are in UTC; null is
  no time. Each line of a table ends with its own sum: the first 16 digits of the
  SHA-256 of the line without the field *sum*.
- *ninjs/news.jsonl* holds what readers can see as ninjs 3.1, one story in each line,
  whole and with the names of its pictures. It stands by itself: a program that
  knows IPTC's ninjs needs nothing else.
- *pictures/* holds the pictures at full size, named by the beginning of the
  SHA-256 of their bytes; captions, credits and descriptions stand in the stories.
- *manifest.json* has the length and the SHA-256 of each file.

Texts (*content*, *body*) are documents: blocks of paragraphs, headings, lists,
quotations, pictures, with marks on their words. An id in one file is the same in
all. Names of people of the staff stand by id; staff/people.jsonl has them.

    wireroom import export FILE --data FOLDER

takes it into an empty place, where everything keeps its number and address.

## The files

`

// readme tells a person what the files are.
func (p *packer) readme() error {
	return p.file(readmeName, zip.Deflate, func(w io.Writer) (int64, error) {
		var b strings.Builder
		fmt.Fprintf(&b, opening, p.manifest.Agency, p.manifest.Wire)
		for _, table := range p.house.DB.Tables() {
			t := topics()[table]
			if t == nil || t.File == "" || t.Readers && !p.opt.Readers {
				continue
			}
			fmt.Fprintf(&b, "- *%s*: %s Its fields: %s.\n", t.name(), t.Says, strings.Join(t.fields(), ", "))
		}
		b.WriteString("\n## What is not here\n\n- The settings of the machine, wireroom.toml and its keys.\n")
		for _, line := range p.left() {
			b.WriteString("- " + line + ".\n")
		}
		_, err := io.WriteString(w, b.String())
		return 0, err
	})
}

func (t *topic) fields() (names []string) {
	for _, c := range t.sent() {
		names = append(names, c.field)
	}
	return names
}

// left says what stays, and why.
func (p *packer) left() (all []string) {
	if !p.opt.Readers {
		all = append(all, "What is known of readers and of what they pay: it is written out only if it is asked for")
	}
	for _, table := range slices.Sorted(maps.Keys(topics())) {
		t := topics()[table]
		if t.Left == "" {
			continue
		}
		what := "Table " + table
		if t.File != "" {
			var names []string
			for _, c := range t.columns {
				if c.left {
					names = append(names, c.field)
				}
			}
			what = "Of " + t.name() + ": " + strings.Join(names, ", ")
		}
		all = append(all, what+": "+t.Left)
	}
	return all
}
