package agency_test

import (
	"bufio"
	"context"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"wireroom/story"
)

// naughty are texts that programs have stumbled over.
var naughty = []string{
	"undefined", "null", "0", "-1", "1e309", "NaN", "true", "\\", "\\u0041", "%00", "%s%n%d", "{{.Secret}}", "${7*7}", "$(id)",
	"' OR 1=1 --", `"; DROP TABLE story; --`, "<script>alert(1)</script>", "<!--", "]]>", "&amp;", "&lt;b&gt;", "javascript:alert(1)",
	"../../../etc/passwd", "C:\\CON", "Łukašenka – “so”", "Ціханоўская ў ’26", "ё е", "й й", "ﬁ ﬂ", "שלום עולם", "مرحبا", "\u202eflip\u202c",
	"a\u200bb", "\ufeffbom", "𝕿𝖊𝖝𝖙", "👩‍👩‍👧‍👦 🏳️‍🌈", "Z͑ͫ̓ͪ̂ͫ", "田中さん", "１２３", "\u00a0nbsp\u00a0in", "a\u2028b", "--- ***", "> quote", "# no heading", "- no list",
	"[brackets] and (parens)", "[unclosed", "* * *", "|a|b|", "=cmd|' /C calc'!A0",
}

var broken = []string{"a\x00b", "\xff\xfe", "bell\x07", "\x1b[31mred", "\ufffe", strings.Repeat("x", 10<<20)}

// desk is the editor, signed in.
func (o *open) desk() visitor {
	o.t.Helper()
	link, err := o.StaffLink(context.Background(), o.editor.Email)
	if err != nil {
		o.t.Fatal(err)
	}
	v := o.visitor()
	v.signsIn(link.URL)
	return v
}

func TestRoughTextIsKeptExactlyOrRefusedInWords(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx, ada := context.Background(), o.desk()
		for _, text := range naughty {
			st := o.types(ada, text)
			if got := st.Content; got.Headline != text || got.Teaser != text || len(got.Body.Blocks) == 0 {
				t.Errorf("%q is kept as %q, %q", text, got.Headline, got.Teaser)
			}
			if _, err := o.Stories.Release(ctx, o.editor, st.ID, st.Revision); err != nil {
				t.Errorf("%q can't be sent: %v", text, err)
				continue
			}
			o.until(fmt.Sprintf("%q is read", text), func() bool {
				_, page, _ := ada.opens(fmt.Sprint("/en/news/", st.Number))
				return strings.Contains(html.UnescapeString(page), text)
			})
		}
		for _, at := range []string{"/en/rss.xml", "/en/atom.xml", "/en/feed.json", "/en/latest", "/en/", "/news-sitemap.xml", "/desk/"} {
			if status, _, _ := ada.opens(at); status != http.StatusOK {
				t.Errorf("with all this %s answers %d", at, status)
			}
		}
		before, err := o.Stories.Counts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range broken {
			status, page, _ := ada.sends("/desk/stories", url.Values{"lang": {"en"}, "headline": {text}, "section": {"politics"}, "do": {"save"}})
			if status < 400 || status >= 500 || !strings.Contains(page, "<html") {
				t.Errorf("%.20q answers %d", text, status)
			}
		}
		after, err := o.Stories.Counts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("refused stories left a trace: %v, before %v", after, before)
		}
	})
}

// types writes a story whose fields are all the one text.
func (o *open) types(v visitor, text string) story.Story {
	o.t.Helper()
	status, page, at := v.sends("/desk/stories", url.Values{"lang": {"en"}, "headline": {text}, "teaser": {text}, "note": {text},
		"section": {"politics"}, "body": {text}, "do": {"save"}})
	if status != http.StatusOK || !strings.HasPrefix(at.Path, "/desk/stories/") {
		o.t.Fatalf("writing %q answers %d at %s\n%s", text, status, at, page)
	}
	st, err := o.Stories.Get(context.Background(), story.ID(path.Base(at.Path)))
	if err != nil {
		o.t.Fatal(err)
	}
	return st
}

func TestMalformedRequestsAreOurErrorNever(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		for _, line := range []string{
			"GET /en/news/99999999999999999999 HTTP/1.1", "GET /en/news/-1 HTTP/1.1", "GET /en/news/%00 HTTP/1.1", "GET /en/news/%ff%fe HTTP/1.1",
			"GET /en/latest?page=0 HTTP/1.1", "GET /en/latest?page=%gg HTTP/1.1", "GET /en/latest?page=99999999999 HTTP/1.1", "GET //evil.example/ HTTP/1.1",
			"GET /en/../desk/ HTTP/1.1", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "GET /en/politics/.. HTTP/1.1", "BREW /en/ HTTP/1.1",
			"GET /en/" + strings.Repeat("a", 8000) + " HTTP/1.1", "GET /desk/sign-in/%00 HTTP/1.1", "POST /account/sign-in/x HTTP/1.1", "nonsense",
			"GET /en/news/1/pictures/..%2f..%2f/320 HTTP/1.1", "GET /assets/site/../../go.mod HTTP/1.1", "GET * HTTP/1.1", "GET /en/politics/rss.xml%00 HTTP/1.1",
		} {
			if status := o.raw(line); status < 200 || status >= 500 {
				t.Errorf("%.60s answers %d", line, status)
			}
		}
	})
}

// raw sends a request as it is written and gives the status of the answer.
func (o *open) raw(line string) (status int) {
	o.t.Helper()
	c, err := net.DialTimeout("tcp", strings.TrimPrefix(o.url, "http://"), 5*time.Second)
	if err != nil {
		o.t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "%s\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", line, "example.org")
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		o.t.Fatalf("%.60s has no answer: %v", line, err)
	}
	answer.Body.Close()
	return answer.StatusCode
}
