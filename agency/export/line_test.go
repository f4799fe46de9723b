package export

import (
	"bytes"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"wireroom/db/dbtest"
)

func TestEveryValueComesBackFromItsLine(t *testing.T) {
	numbers := []int64{0, 1, 2, -1, 999, 1764446400123, -62135596800000, -62135596800001, 253402300799999, 253402300800000, math.MaxInt64, math.MinInt64}
	words := []string{"", " ", "Łukašenka – «навіна»", "a\nb\r\t\x00", "\u2028", "null", "{", "{}", "[1,\n2]", `["a", 1.50]`, `"a"`, "7", "<b>&", `{"a":{"b":["\u0041"]}}`}
	for _, k := range []kind{number, moment, truth} {
		for _, n := range numbers {
			comesBack(t, column{name: "a", field: "b", kind: k}, n)
		}
	}
	for _, k := range []kind{text, tree} {
		for _, s := range words {
			comesBack(t, column{name: "a", field: "b", kind: k}, s)
		}
		comesBack(t, column{name: "a", field: "b", kind: k}, nil)
	}
}

func comesBack(t *testing.T, c column, v any) {
	t.Helper()
	top := &topic{columns: []column{c}}
	var b bytes.Buffer
	if err := top.write(&b, top.columns, []any{v}); err != nil {
		t.Fatalf("%v: %v", v, err)
	}
	n, err := lines(bytes.NewReader(b.Bytes()), func(_ int64, line []byte) error {
		values, err := top.take(top.columns, line)
		if err == nil && values[0] != v {
			t.Errorf("%q was\n%v and is\n%v", b.String(), v, values[0])
		}
		return err
	})
	if err != nil || n != 1 {
		t.Errorf("%v: %d lines, %v", v, n, err)
	}
}

func TestWhatIsNoTextOfOursIsNotWritten(t *testing.T) {
	for _, c := range []struct {
		kind kind
		v    any
	}{{text, "\xff"}, {text, int64(1)}, {number, "1"}, {moment, nil}, {text, 1.5}} {
		if err := (column{name: "a", kind: c.kind}).write(new(bytes.Buffer), c.v); err == nil {
			t.Errorf("%v is written", c.v)
		}
	}
}

func TestALineLongerThanAnyOfOursIsRefused(t *testing.T) {
	long := strings.NewReader(strings.Repeat("x", 1<<20+1<<17))
	if _, err := linesUpTo(1<<20, long, func(int64, []byte) error { return nil }); err == nil || !strings.Contains(err.Error(), "line 1: it is longer") {
		t.Errorf("it says %v", err)
	}
}

// What a line is taken for is written as that line again, or it is refused.
func FuzzLine(f *testing.F) {
	for name, text := range unzipped(f, written(f, staged(f, dbtest.SQLite(f)), true)) {
		if strings.HasSuffix(name, lineEnding) && name != newsName {
			for line := range strings.Lines(text) {
				f.Add(strings.TrimSuffix(name, lineEnding), []byte(strings.TrimSuffix(line, "\n")))
			}
		}
	}
	byFile := map[string]*topic{}
	for t := range maps.Values(topics()) {
		byFile[t.File] = t
	}
	f.Fuzz(func(t *testing.T, file string, line []byte) {
		top := byFile[file]
		if top == nil || top.File == "" {
			return
		}
		sent := top.sent()
		// Most lines that a fuzzer finds have another sum: it is given one.
		for _, some := range [][]byte{slices.Clone(line), resummed(line)} {
			values, err := top.take(sent, some)
			if err != nil {
				continue
			}
			var once, twice bytes.Buffer
			if err := top.write(&once, sent, values); err != nil {
				continue // such as a text that no table of ours can hold
			}
			again, err := top.take(sent, bytes.TrimSuffix(bytes.Clone(once.Bytes()), []byte("\n")))
			if err != nil {
				t.Fatalf("%s\nis not read again: %v", once.String(), err)
			}
			if err := top.write(&twice, sent, again); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
				t.Fatalf("%s\nbecomes\n%s%v", once.String(), twice.String(), err)
			}
		}
	})
}

func resummed(line []byte) []byte {
	at := len(line) - tailLen
	if at < 1 {
		return nil
	}
	return []byte(string(line[:at]) + `,"sum":"` + sumOf(append(slices.Clone(line[:at]), '}')) + `"}`)
}

// Whatever a file holds, reading it ends with words or with an export.
func FuzzRead(f *testing.F) {
	data := written(f, staged(f, dbtest.SQLite(f)), true)
	f.Add(data)
	f.Add(zipped(f, unzipped(f, data), true))
	f.Add(zipped(f, map[string]string{manifestName: `{"form":1,"version":1,"files":[]}`}, false))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := read(bytes.NewReader(data), int64(len(data)))
		if err == nil {
			_ = p.Verify(t.Context(), Options{})
		}
	})
}
