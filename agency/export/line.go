package export

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const (
	// lineEnding is that of a file of lines.
	lineEnding = ".jsonl"
	// sumField stands last in each line of a table. It is the beginning of the
	// SHA-256 of the line without it, so that a line can be held against itself.
	sumField = "sum"
	sumLen   = 16
	// mostLine bounds what a foreign file can make us hold, in bytes.
	mostLine = 64 << 20
)

// tailLen is how many bytes the sum takes at the end of a line.
const tailLen = len(`,"`+sumField+`":"`) + sumLen + len(`"}`)

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])[:sumLen]
}

// write makes a line of a row, whose values stand as the topic's sent columns.
func (t *topic) write(b *bytes.Buffer, sent []column, values []any) error {
	b.Reset()
	for i, c := range sent {
		if i == 0 {
			b.WriteByte('{')
		} else {
			b.WriteByte(',')
		}
		b.WriteString(`"` + c.field + `":`)
		if err := c.write(b, values[i]); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	sum := sumOf(b.Bytes())
	b.Truncate(b.Len() - 1)
	b.WriteString(`,"` + sumField + `":"` + sum + "\"}\n")
	if b.Len() > mostLine {
		return fmt.Errorf("the row is larger than %d MB", mostLine>>20)
	}
	return nil
}

// take gives the values of a line, as the topic's sent columns stand.
func (t *topic) take(sent []column, line []byte) ([]any, error) {
	body, err := unsummed(line)
	if err != nil {
		return nil, err
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	values := make([]any, len(sent))
	for i, c := range sent {
		if values[i], err = c.take(fields[c.field]); err != nil {
			return nil, err
		}
	}
	if len(fields) != len(sent) {
		return nil, fmt.Errorf("it has %d fields, not %d", len(fields), len(sent))
	}
	return values, nil
}

// unsummed is the line without its sum, if that is right. It changes the bytes
// of the line.
func unsummed(line []byte) ([]byte, error) {
	at := len(line) - tailLen
	if at < 1 || line[at] != ',' {
		return nil, errors.New("it is not whole")
	}
	told := string(line[at+tailLen-sumLen-2 : at+tailLen-2])
	line[at] = '}'
	body := line[:at+1]
	if sumOf(body) != told {
		return nil, errors.New("it is not what was written")
	}
	return body, nil
}

// lines gives each line of a file with its number, from 1; the bytes are good
// until the next. An error of use gets the number before it.
func lines(r io.Reader, use func(n int64, line []byte) error) (int64, error) {
	return linesUpTo(mostLine, r, use)
}

func linesUpTo(most int, r io.Reader, use func(n int64, line []byte) error) (n int64, err error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var line []byte
	for {
		line = line[:0]
		for {
			part, err := in.ReadSlice('\n')
			line = append(line, part...)
			if err == nil {
				break
			}
			if errors.Is(err, bufio.ErrBufferFull) && len(line) <= most {
				continue
			}
			switch {
			case errors.Is(err, io.EOF) && len(line) == 0:
				return n, nil
			case errors.Is(err, io.EOF):
				return n, fmt.Errorf("line %d: it is not whole", n+1)
			case errors.Is(err, bufio.ErrBufferFull):
				return n, fmt.Errorf("line %d: it is longer than %d MB", n+1, most>>20)
			}
			return n, fmt.Errorf("line %d: it cannot be read: %w", n+1, err)
		}
		n++
		if err := use(n, line[:len(line)-1]); err != nil {
			return n, fmt.Errorf("line %d: %w", n, err)
		}
	}
}
