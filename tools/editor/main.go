// Command editor bundles the modules of the writing page into one script and
// one sheet:
//
//	editor [-check] SOURCES ASSETS
//
// With -check it writes nothing and fails if what it would write differs from
// what is there.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// banner names what is inside, as its licence asks.
const banner = `/* The writing page of Wireroom, made by scripts/editor. Holds ProseMirror, (c) 2015-2017 Marijn Haverbeke and others, and orderedmap, rope-sequence and w3c-keyname by the same, all under the MIT licence. */`

func main() {
	check := flag.Bool("check", false, "compare instead of writing")
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := bundle(flag.Arg(0), flag.Arg(1), *check); err != nil {
		fmt.Fprintln(os.Stderr, "editor:", err)
		os.Exit(1)
	}
}

func bundle(sources, assets string, check bool) error {
	sources, err := filepath.Abs(sources)
	if err != nil {
		return err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir: sources,
		EntryPoints:   []string{"editor.js", "editor.css"},
		Outdir:        sources, // nothing is written there
		Bundle:        true,
		Format:        api.FormatESModule,
		Target:        api.ES2022,
		Charset:       api.CharsetUTF8,
		LegalComments: api.LegalCommentsNone,
		Banner:        map[string]string{"js": banner},

		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
	})
	for _, m := range result.Errors {
		return fmt.Errorf("%s: %+v", m.Text, m.Location)
	}
	for _, m := range result.Warnings {
		return fmt.Errorf("%s: %+v", m.Text, m.Location)
	}
	for _, f := range result.OutputFiles {
		if err := put(filepath.Join(assets, filepath.Base(f.Path)), f.Contents, check); err != nil {
			return err
		}
	}
	return nil
}

func put(name string, made []byte, check bool) error {
	if !check {
		return os.WriteFile(name, made, 0o644)
	}
	stands, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !bytes.Equal(stands, made) {
		return errors.New(name + " is not what its sources make; run scripts/editor")
	}
	return nil
}
