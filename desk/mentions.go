package desk

import (
	"net/http"
	"strconv"
)

const (
	mentionsURL  = "/desk/mentions"
	mostMentions = 100
)

// called is the page of comments that call the person by name.
type called struct {
	frame
	Mentions []mention
	Unread   int
	Action   string
}

// mention is one of them.
type mention struct {
	remark
	URL      string
	Number   int64
	In       string // the story's language
	Headline string
	Quote    string
	Read     bool
}

func (d *Desk) mentions(w http.ResponseWriter, v *visit) error {
	p := &called{frame: v.frame(v.T("mentions")), Action: mentionsURL + "/reading"}
	p.frame.style("copy.css")
	found, err := d.Stories.Mentions(v.r.Context(), v.person.ID, mostMentions)
	if err != nil {
		return err
	}
	for _, m := range found {
		one := mention{Number: int64(m.Number), In: string(m.Lang), Headline: m.Headline, Quote: m.Quote, Read: !m.Read.IsZero(),
			URL: storyURL(m.Story) + "#c-" + m.ID}
		if one.remark, err = v.remark(m.Comment); err != nil {
			return err
		}
		if one.Headline == "" {
			one.Headline, one.In = v.T("no-headline"), v.lang
		}
		if !one.Read {
			p.Unread++
		}
		p.Mentions = append(p.Mentions, one)
	}
	return v.show(w, http.StatusOK, "mentions", p)
}

// readMentions notes one as read, or all.
func (d *Desk) readMentions(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	if err := d.Stories.ReadMentions(v.r.Context(), v.person.ID, v.r.PostForm.Get("comment")); err != nil {
		return err
	}
	return v.see(w, mentionsURL)
}

// calls is how many mentions wait for the person, for the top of each page. A
// count that fails must not keep a page back.
func (v *visit) calls() string {
	if v.person.ID == "" {
		return ""
	}
	n, err := v.desk.Stories.Unread(v.r.Context(), v.person.ID)
	if err != nil || n == 0 {
		return ""
	}
	return " " + strconv.Itoa(n)
}
