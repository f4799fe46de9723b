package export

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// zipped is an export of files. With told the manifest is made to fit them, as
// somebody would who wants to deceive.
func zipped(t testing.TB, files map[string]string, told bool) []byte {
	t.Helper()
	if told {
		var m Manifest
		if err := json.Unmarshal([]byte(files[manifestName]), &m); err != nil {
			t.Fatal(err)
		}
		for i, f := range m.Files {
			text := files[f.Name]
			sum := newSummer(new(bytes.Buffer))
			if _, err := sum.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
			m.Files[i].Bytes, m.Files[i].SHA256 = sum.bytes, sum.hex()
			if strings.HasSuffix(f.Name, lineEnding) {
				m.Files[i].Lines = int64(strings.Count(text, "\n"))
			}
		}
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		files[manifestName] = string(data)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// takes is what an attempt to take the export in comes to.
func takes(t testing.TB, data []byte, h House) error {
	p, err := read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	if err := p.Verify(t.Context(), Options{}); err != nil {
		return err
	}
	return p.Take(t.Context(), h, Options{})
}

// summed is a line with the sum that fits it.
func summed(line string) string {
	body := line[:strings.LastIndex(line, `,"`+sumField)] + "}"
	return body[:len(body)-1] + `,"sum":"` + sumOf([]byte(body)) + `"}`
}

func TestADamagedExportIsRefusedByFileAndLine(t *testing.T) {
	whole := unzipped(t, written(t, staged(t, dbtest.SQLite(t)), true))
	const records, people, posts = "wire/records.jsonl", "staff/people.jsonl", "channels/posts.jsonl"
	edit := func(file, old, new string) func(map[string]string) {
		return func(files map[string]string) {
			if !strings.Contains(files[file], old) {
				t.Fatalf("%s has no %q", file, old)
			}
			files[file] = strings.Replace(files[file], old, new, 1)
		}
	}
	// forged edits a line and gives it the sum that fits.
	forged := func(file string, line int, old, new string) func(map[string]string) {
		return func(files map[string]string) {
			all := strings.Split(files[file], "\n")
			if !strings.Contains(all[line-1], old) {
				t.Fatalf("%s has no %q", file, old)
			}
			all[line-1] = summed(strings.Replace(all[line-1], old, new, 1))
			files[file] = strings.Join(all, "\n")
		}
	}
	h := place(t, dbtest.SQLite(t))
	picture := slices.IndexFunc(slices.Sorted(maps.Keys(whole)), func(name string) bool { return strings.HasPrefix(name, pictureDir) })
	pictureName := slices.Sorted(maps.Keys(whole))[picture]
	for name, c := range map[string]struct {
		change func(map[string]string)
		told   bool
		says   string
	}{
		"a letter changed":             {edit(people, `"v2"`, `"v3"`), false, people + ", line 2: it is not what was written"},
		"a letter changed, and summed": {forged(people, 2, `"v2"`, `"v3"`), false, people + " is damaged"},
		"a sum changed":                {edit(people, `"sum":"`, `"sum":"0`), false, people + ", line 1: it is not"},
		"the last line missing": {func(f map[string]string) { f[people] = f[people][:strings.Index(f[people], "\n")+1] }, false,
			people + ", line 2: the manifest tells of 2 lines"},
		"a line cut off":         {func(f map[string]string) { f[people] = f[people][:len(f[people])-9] }, false, people + ", line 2: it is not whole"},
		"a line twice":           {func(f map[string]string) { f[people] += f[people] }, false, people + ", line 3: the manifest"},
		"no JSON":                {edit(people, `{"id"`, `{"id`), false, people + ", line 1: it is not what was written"},
		"a field too many":       {forged(people, 1, `"name"`, `"more":1,"name"`), true, people + ", line 1: it has"},
		"a field less":           {forged(people, 1, `"name"`, `"nome"`), true, people + ", line 1: name is missing"},
		"a text for a number":    {forged(people, 1, `"frozen":"1970-01-01T00:00:00.001Z"`, `"frozen":"soon"`), true, people + ", line 1: frozen is no time"},
		"a number for a text":    {forged(people, 2, `"name":"v2"`, `"name":7`), true, people + ", line 2: name is no text"},
		"somebody twice":         {forged(people, 2, `"id":"v2"`, `"id":"v1"`), true, people + ", lines 1 to 2"},
		"a post in no channel":   {forged(posts, 2, `"channel":"v2"`, `"channel":"v9"`), true, posts},
		"a record changed":       {forged(records, 2, `"urgency":4`, `"urgency":5`), true, records + ", line 2: it is not what it was"},
		"a record left out":      {func(f map[string]string) { f[records] = f[records][strings.Index(f[records], "\n")+1:] }, true, records + ", line 1: it is missing"},
		"another head":           {forged("wire/head.jsonl", 1, `"number":3`, `"number":2`), true, records + ", line 3: it is beyond"},
		"a file missing":         {func(f map[string]string) { delete(f, people) }, false, people + " is missing"},
		"a file more":            {func(f map[string]string) { f["staff/more.jsonl"] = "" }, false, "staff/more.jsonl is not in its manifest"},
		"no manifest":            {func(f map[string]string) { delete(f, manifestName) }, false, "no " + manifestName},
		"another form":           {edit(manifestName, `"form": 1`, `"form": 2`), false, "form 2"},
		"a backup":               {func(f map[string]string) { clear(f); f[manifestName] = `{"form":1,"version":39,"entries":[]}` }, false, "wireroom restore"},
		"no version":             {edit(manifestName, `"version"`, `"vorsion"`), false, "which version"},
		"a later version":        {edit(manifestName, `"version": `, `"version": 9`), false, "newer"},
		"a field of no table":    {edit(manifestName, `"role"`, `"rule"`), false, `"rule"`},
		"a file named twice":     {edit(manifestName, people, "staff/pens.jsonl"), false, "staff/pens.jsonl twice"},
		"an unknown file":        {edit(manifestName, people, "staff/folk.jsonl"), false, "staff/folk.jsonl is missing"},
		"a picture changed":      {func(f map[string]string) { f[pictureName] += "x" }, false, pictureName + " is damaged"},
		"a picture that is none": {func(f map[string]string) { f[pictureName] = "<svg>" }, true, pictureName},
		"news changed":           {func(f map[string]string) { f[newsName] += "{}\n" }, false, newsName + ", line 1"},
		"the readme changed":     {edit(readmeName, "Everything", "Nothing"), false, readmeName + " is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(whole)
			c.change(files)
			err := takes(t, zipped(t, files, c.told), h)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it says %v, and should say %s", err, c.says)
			}
			if err := vacant(t.Context(), h.DB, h.DB); err != nil {
				t.Errorf("something was kept: %v", err)
			}
		})
	}
}

func TestAnExportThatIsCutOffAnywhereIsRefused(t *testing.T) {
	data := written(t, staged(t, dbtest.SQLite(t)), true)
	h := place(t, dbtest.SQLite(t))
	for n := 0; n < len(data); n += 97 {
		if err := takes(t, data[:n], h); !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("the first %d of %d bytes: %v", n, len(data), err)
		}
	}
	anew := unzipped(t, data)
	anew["staff/"] = ""
	if err := takes(t, zipped(t, anew, false), h); err != nil {
		t.Errorf("the whole, unpacked and packed anew: %v", err)
	}
}

func TestAPlaceWhereAnAgencyIsAtWorkIsLeftAsItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := staged(t, d)
		data := written(t, h, false)
		err := takes(t, data, h)
		if !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "an agency is at work there") {
			t.Errorf("it says %v", err)
		}
		if !bytes.Equal(data, written(t, h, false)) {
			t.Error("and it is another")
		}
	})
}

func TestAnImportThatIsStoppedKeepsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := opened(t, written(t, staged(t, dbtest.SQLite(t)), false))
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := p.Take(ctx, place(t, d), Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("it says %v", err)
		}
		if err := vacant(t.Context(), d, d); err != nil {
			t.Error(err)
		}
	})
}

func TestATableOrColumnThatNobodyDeclaredIsNamed(t *testing.T) {
	for says, wrong := range map[string][]error{
		"table gossip is not declared in agency/export/topics.toml": undeclared("gossip", []string{"id", "words"}),
		"column shoe of table person_pen is not declared":           undeclared("person_pen", []string{"person", "name", "shoe"}),
		"table person_pen has no column name":                       undeclared("person_pen", []string{"person"}),
	} {
		if len(wrong) != 1 || !strings.Contains(wrong[0].Error(), says) {
			t.Errorf("%v should say %s", wrong, says)
		}
	}
	for _, list := range []string{
		"[a]", "[a]\nfile = \"x\"", "[a]\nfile = \"x\"\nsays = \"X.\"\nkey = \"b\"\ncolumns = \"a\"", "[a]\nshoe = \"x\"\nleft = \"y\"",
		"[a]\nfile = \"x\"\nsays = \"X.\"\nkey = \"a\"\ncolumns = \"a b-\"", "[a]\nfile = \"x\"\nsays = \"X.\"\nkey = \"a\"\ncolumns = \"a sum\"",
		"[a]\nfile = \"x\"\nsays = \"X.\"\nkey = \"a\"\ncolumns = \"a\"\n[b]\nfile = \"x\"\nsays = \"X.\"\nkey = \"a\"\ncolumns = \"a\"",
	} {
		if _, err := declared(list); err == nil {
			t.Errorf("nothing is said of\n%s", list)
		}
	}
}
