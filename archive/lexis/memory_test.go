package lexis

import (
	"fmt"
	"reflect"
	"testing"
)

// TestWhatAReaderHasReadBeforeChangesNothing reads more words than a Reader
// remembers, and each text again by one that has read nothing.
func TestWhatAReaderHasReadBeforeChangesNothing(t *testing.T) {
	for _, modest := range []bool{false, true} {
		remembers(t, &Reader{Modest: modest})
	}
}

func remembers(t *testing.T, r *Reader) {
	t.Helper()
	for i := range 1500 {
		text := "Banks said that banks are shut. Kavalenka left, and Bread is dear."
		for j := range 40 {
			text += fmt.Sprintf(" w%dx Name%dov", i*40+j, i*40+j)
		}
		text += " The bread."
		head, body := r.Story("Bread And Banks", text, "en")
		if i%10 > 0 {
			continue
		}
		var fresh Reader
		if h, b := fresh.Story("Bread And Banks", text, "en"); !reflect.DeepEqual(h, head) || !reflect.DeepEqual(b, body) {
			t.Fatalf("text %d: %v %v by a reader of many texts, %v %v by a new one", i, head, body, h, b)
		}
		if r.count > r.most()+200 {
			t.Fatalf("%d words are remembered", r.count)
		}
	}
}
