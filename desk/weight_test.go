package desk_test

import (
	"strings"
	"testing"

	"wireroom/db/dbtest"
	"wireroom/staff"
)

// A reporter on a telephone in a train waits for this, once.
func TestTheWholeWritingPageIsLight(t *testing.T) {
	const most = 200 << 10
	n := open(t, dbtest.SQLite(t))
	st := n.files(staff.Reporter, text("Council meets"))
	rita := n.as(staff.Reporter)
	for _, path := range []string{"/desk/new", at(st.ID, "/edit")} {
		rita.headers = nil
		p := rita.opens(path)
		var parts []string
		for _, link := range p.all("link") {
			if href := attr(link, "href"); !strings.HasPrefix(href, "#") { // a place on this page takes nothing more
				parts = append(parts, href)
			}
		}
		for _, script := range p.all("script") {
			parts = append(parts, attr(script, "src"))
		}
		rita.headers = []string{"Accept-Encoding", "gzip"}
		sum, script := len(rita.opens(path).source), 0
		for _, part := range parts {
			got := rita.opens(part)
			if got.status != 200 {
				t.Errorf("%s answers %d", part, got.status)
			}
			sum += len(got.source)
			if strings.Contains(part, "/editor.") && strings.HasSuffix(part, ".js") {
				script = len(got.source)
			}
		}
		if script == 0 {
			t.Errorf("%s comes without the editor", path)
		}
		t.Logf("%s takes %d bytes, %d of them the editor’s script", path, sum, script)
		if sum > most {
			t.Errorf("%s takes %d bytes, more than %d", path, sum, most)
		}
	}
}
