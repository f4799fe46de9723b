package ninjs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"wireroom/format"
	. "wireroom/story"
)

func TestWhatNoStoryCanHoldIsNotBuilt(t *testing.T) {
	const many = 100_000
	for name, c := range map[string]struct{ member, start, again, field string }{
		"paragraphs":     {"body_html", "", "<p>a</p>", "body_html"},
		"cells":          {"body_html", "<table>", "<td>", "body_html"},
		"loose text":     {"body_html", "<table>", "a<tr>", "body_html"},
		"breaks":         {"body_html", "a", "<br>", "body_html"},
		"lines as typed": {"body_html", "<pre>a", "\n", "body_html"},
		"open links":     {"body_html", "", "<a href='/'>", "body_html"},
		"what is left":   {"body_html", "", "<img src='a' alt='b'>", "body_html"},
		"letters":        {"body_html", "", "<b>abcdefghijklmn", "body_html"},
		"plain lines":    {"body_text", "", "a\n", "body_text"},
		"a teaser":       {"description_html", "", "<p>a</p>", "description_html"},
	} {
		value, _ := json.Marshal(c.start + strings.Repeat(c.again, many))
		items, broken := decode(t, `{"uri":"u","`+c.member+`":`+string(value)+`}`)
		if len(items) != 0 || len(broken) != 1 || broken[0].Field != c.field {
			t.Errorf("%s: %d items, %v", name, len(items), broken)
		}
	}
	value, _ := json.Marshal(strings.Repeat("<p>a</p>", many))
	_, broken := decode(t, `{"uri":"u","bodies":[{"value":"short"},{"role":"x","contenttype":"text/html","value":`+string(value)+`}]}`)
	if len(broken) != 0 {
		t.Errorf("a wording that is not read: %v", broken)
	}
}

func TestAllThatAStoryCanHoldIsRead(t *testing.T) {
	one, _ := json.Marshal(Para(Plain("a")))
	many := MaxBody/(len(one)+1) - 1
	value, _ := json.Marshal(strings.Repeat("<p>a</p>", many))
	i := decodeOne(t, `{"uri":"u","body_html":`+string(value)+`}`)
	if err := i.Content.Body.Check(); err != nil || len(i.Content.Body.Blocks) != many {
		t.Errorf("%d paragraphs of %d, %v", len(i.Content.Body.Blocks), many, err)
	}
	if i.Size < MaxBody/2 {
		t.Errorf("it weighs %d bytes, and a batch is made by that", i.Size)
	}
}

func TestAMessageQuotesLittleOfAFile(t *testing.T) {
	long := strings.Repeat("ў", 1<<20)
	for _, s := range []string{
		`{"uri":"u","` + long + `":1}`,
		`{"uri":"u","pubstatus":"` + long + `"}`,
		`{"uri":"u","associations":{"` + long + `":{"uri":"v","bad":1}}}`,
		`{"uri":"u","persons":[],"birthdate":"` + long + `"}`,
	} {
		_, broken := decode(t, s)
		if len(broken) != 1 || len(broken[0].Error()) > 1000 || !utf8.ValidString(broken[0].Error()) {
			t.Errorf("%.60s: %d messages", s, len(broken))
		}
	}
	if got := format.Brief(long); got != long[:200]+"…" {
		t.Errorf("cut to %q", got)
	}
	if got := format.Brief(long[:200]); got != long[:200] {
		t.Errorf("what is short became %q", got)
	}
}
