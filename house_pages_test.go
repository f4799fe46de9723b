package wireroom_test

import (
	"html/template"
	"path"
	"testing"
)

func TestEveryPageCanBeRead(t *testing.T) {
	read := 0
	walk(t, ".html", func(file string, data []byte) {
		if path.Base(path.Dir(file)) != "pages" {
			return
		}
		read++
		if _, err := template.New(path.Base(file)).Parse(string(data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	})
	if read == 0 {
		t.Error("there is no page: this test looks in the wrong place")
	}
}
