package agency_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/story"
)

// visitor is a browser with its own cookies.
type visitor struct {
	o *open
	c *http.Client
}

func (o *open) visitor() visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return visitor{o, &http.Client{Jar: jar}}
}

// signsIn opens a link and presses its button.
func (v visitor) signsIn(link string) {
	v.o.t.Helper()
	at, err := url.Parse(link)
	if err != nil {
		v.o.t.Fatal(err)
	}
	if status, _, _ := v.sends(at.Path, nil); status != 200 {
		v.o.t.Fatalf("signing in at %s answers %d", at.Path, status)
	}
}

func (v visitor) sends(path string, form url.Values) (status int, page string, at *url.URL) {
	v.o.t.Helper()
	return v.answer(v.c.PostForm(v.o.url+path, form))
}

func (v visitor) opens(path string) (status int, page string, at *url.URL) {
	v.o.t.Helper()
	return v.answer(v.c.Get(v.o.url + path))
}

func (v visitor) answer(a *http.Response, err error) (int, string, *url.URL) {
	v.o.t.Helper()
	if err != nil {
		v.o.t.Fatal(err)
	}
	defer a.Body.Close()
	page, err := io.ReadAll(a.Body)
	if err != nil {
		v.o.t.Fatal(err)
	}
	return a.StatusCode, string(page), a.Request.URL
}

func TestAStoryIsWrittenAtTheDeskAndReadOnTheSite(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		link, err := o.StaffLink(ctx, o.editor.Email)
		if err != nil {
			t.Fatal(err)
		}
		ada := o.visitor()
		ada.signsIn(link.URL)
		status, page, at := ada.sends("/desk/stories", url.Values{"lang": {"en"}, "headline": {"Council meets – “at last”"}, "do": {"save"},
			"section": {"politics"}, "plan": {"pozirk-plus"}, "body": {"The council [of the city] met.\n\nNobody knows why it did."}})
		if status != 200 || !strings.HasPrefix(at.Path, "/desk/stories/") {
			t.Fatalf("writing answers %d at %s\n%s", status, at, page)
		}
		id := path.Base(at.Path)
		if status, page, at = ada.sends("/desk/stories/"+id+"/release", url.Values{"base": {"1"}, "sure": {"yes"}}); status != 200 {
			t.Fatalf("sending answers %d at %s\n%s", status, at, page)
		}
		st, err := o.Stories.Get(ctx, story.ID(id))
		if err != nil || st.State != story.Sent {
			t.Fatalf("it is %q: %v\n%s", st.State, err, page)
		}
		address := strings.TrimPrefix(o.storyURL(st), o.url)
		stranger, reader := o.visitor(), o.visitor()
		link, err = o.ReaderLink(ctx, "Reader", agency.Pass{Until: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		reader.signsIn(link.URL)
		o.until("a stranger sees the teaser", func() bool {
			status, page, _ := stranger.opens(address)
			if strings.Contains(page, "Nobody knows") {
				t.Fatal("a stranger reads it all")
			}
			return status == 200 && strings.Contains(page, "Council meets – “at last”") && strings.Contains(page, "only to POZIRK+")
		})
		o.until("a reader has it all", func() bool {
			_, page, _ := reader.opens(address)
			return strings.Contains(page, "Nobody knows why it did.")
		})
		if status, _, at := stranger.opens("/desk/"); status == 200 && at.Path == "/desk/" {
			t.Error("a stranger is at the desk")
		}
	})
}
