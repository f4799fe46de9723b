package choice_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/choice"
)

func TestXMLFitsItsSchema(t *testing.T) {
	for name, schema := range map[string]string{
		"newsml": realData(t, "newsml-g2", "specification", "NewsML-G2_2.35-spec-All-Power.xsd"),
		"nitf":   realData(t, "newsml-g2", "examples", "nitf-3-6.xsd"),
	} {
		f, ok := choice.Named(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		var docs [][]byte
		write := func(items ...format.Item) {
			var b bytes.Buffer
			if err := f.Encode(&b, items, format.Options{Agency: "Kurjer", At: sent, ID: "m1"}); err != nil {
				t.Fatal(err)
			}
			docs = append(docs, b.Bytes())
		}
		for _, i := range append(samples(), oldNews(t)...) {
			write(i)
		}
		if f.Many {
			write(samples()...)
		}
		validate(t, schema, docs)
	}
}

// validate holds documents against a schema with xmllint, many at a time.
func validate(t *testing.T, schema string, docs [][]byte) {
	t.Helper()
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("NOT TRIED: install xmllint (Debian: libxml2-utils)")
	}
	const batch = 500
	dir := t.TempDir()
	for len(docs) > 0 {
		n := min(batch, len(docs))
		args := []string{"--noout", "--nonet", "--schema", schema}
		for k, doc := range docs[:n] {
			file := filepath.Join(dir, fmt.Sprintf("%d.xml", k))
			if err := os.WriteFile(file, doc, 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		if out, err := exec.Command(lint, args...).CombinedOutput(); err != nil {
			var told []string
			for l := range strings.SplitSeq(string(out), "\n") {
				if l != "" && !strings.HasSuffix(l, " validates") && len(told) < 5 {
					told = append(told, l)
				}
			}
			t.Fatalf("%v: %s", err, strings.Join(told, "\n"))
		}
		docs = docs[n:]
	}
}
