package choice_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/format/ninjs"
	"wireroom/format/print"
)

// realData gives a file in the folder of real data.
func realData(t testing.TB, name ...string) string {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("NOT TRIED: set WIREROOM_TESTDATA to the folder of real data")
	}
	return filepath.Join(append([]string{dir}, name...)...)
}

// oldNews are real stories of a news wire: each of them if WIREROOM_WHOLE is
// set, else one in forty.
func oldNews(t testing.TB) []format.Item {
	t.Helper()
	f, err := os.Open(realData(t, "reuters21578", "stories.ninjs.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	every := 40
	if os.Getenv("WIREROOM_WHOLE") != "" {
		every = 1
	}
	var all []format.Item
	n := 0
	for i, err := range ninjs.Decode(f) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%every == 0 {
			all = append(all, i)
		}
	}
	return all
}

func schema(t *testing.T, version string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	add := func(address, file string) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err == nil {
			err = c.AddResource(address, doc)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("https://geojson.org/schema/GeoJSON.json", realData(t, "ninjs", "validation", "test_suite", "GeoJSON-schema.json"))
	add("ninjs.json", realData(t, "ninjs", "specification", "ninjs-schema_"+version+".json"))
	s, err := c.Compile("ninjs.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNinjsFitsItsSchema(t *testing.T) {
	for name, version := range map[string]string{"ninjs": "3.1", "ninjs16": "1.6"} {
		s := schema(t, version)
		f, _ := choice.Named(name)
		for _, i := range append(samples(), oldNews(t)...) {
			var b bytes.Buffer
			if err := f.Encode(&b, []format.Item{i}, format.Options{}); err != nil {
				t.Fatal(err)
			}
			v, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(v); err != nil {
				t.Fatalf("%s: %s: %v", name, i.URI, err)
			}
		}
	}
}

func TestIPTCsOwnSuiteIsJudgedByTheSchemaWeUse(t *testing.T) {
	for _, version := range []string{"3.1", "1.6"} {
		s := schema(t, version)
		for _, kind := range []string{"should_pass", "should_fail"} {
			all, err := filepath.Glob(realData(t, "ninjs", "validation", "test_suite", version, kind, "*.json"))
			if err != nil || len(all) == 0 {
				t.Fatal("no files", err)
			}
			for _, file := range all {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
				if err == nil {
					err = s.Validate(v)
				}
				if (err == nil) != (kind == "should_pass") {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
	}
}

func TestOldNewsComesBackToTheSameText(t *testing.T) {
	all := oldNews(t)
	for _, f := range choice.Formats() {
		if f.Decode == nil {
			continue
		}
		differ := 0
		for _, want := range all {
			got := back(t, f, want)
			if print.Text(got.Content.Body.Blocks) != print.Text(want.Content.Body.Blocks) || got.Content.Headline != want.Content.Headline {
				if differ++; differ == 1 {
					a, _ := json.Marshal(got.Content)
					b, _ := json.Marshal(want.Content)
					t.Errorf("%s: %s\n got %.2000s\nwant %.2000s", f.Name, want.URI, a, b)
				}
			}
		}
		t.Logf("%s: %d stories, %d differ", f.Name, len(all), differ)
	}
}

// back is the item that the format's own decoder makes of what it wrote.
func back(t testing.TB, f choice.Format, i format.Item) format.Item {
	t.Helper()
	var b bytes.Buffer
	if err := f.Encode(&b, []format.Item{i}, format.Options{Agency: "Kurjer", At: sent, ID: "m1"}); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	whole := b.String()
	var got []format.Item
	for i, err := range f.Decode(&b) {
		var bad *format.Error
		if err != nil {
			errors.As(err, &bad)
			t.Fatalf("%s: %v in %.500s", f.Name, err, whole)
		}
		if i.Type == "" || i.Type == "text" {
			got = append(got, i)
		}
	}
	if len(got) != 1 {
		t.Fatalf("%s: %d items came back of %.500s", f.Name, len(got), whole)
	}
	return got[0]
}

func textOf(i format.Item) string { return print.Text(i.Content.Body.Blocks) }
