package desk

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/story"
	"wireroom/web"
)

// talking is what the staff say about a story, and the form to say more.
type talking struct {
	URL      string // where it is sent; "" when this person may not
	Threads  []thread
	Closed   []thread
	Passages []option
}

// thread is a comment with its answers.
type thread struct {
	remark
	Where    string // "paragraph 3", or that the passage is gone
	Quote    string
	Anchor   string // of the passage on the page; "" when it has none
	Close    string // addresses of acts; "" when this person may not
	Reopen   string
	Reply    string
	Resolver string
	Replies  []remark
	block    int
}

// remark is what one person said.
type remark struct {
	ID, By, Words string
	Age           when
}

// commentRoutes are the addresses of what the staff say to each other.
func (d *Desk) commentRoutes() []web.Route {
	const at = "/desk/stories/{id}/comments"
	return []web.Route{
		{Method: "GET", Pattern: at, Handler: d.seated(d.comments)},
		{Method: "POST", Pattern: at, Handler: d.seated(d.comment)},
		{Method: "POST", Pattern: at + "/{comment}/resolution", Handler: d.seated(d.resolve(false))},
		{Method: "POST", Pattern: at + "/{comment}/reopening", Handler: d.seated(d.resolve(true))},
		{Method: "GET", Pattern: mentionsURL, Handler: d.seated(d.mentions)},
		{Method: "POST", Pattern: mentionsURL + "/reading", Handler: d.seated(d.readMentions)},
	}
}

// talk gathers what was said about a story, each where its passage stands now.
func (v *visit) talk(st story.Story) (*talking, error) {
	all, err := v.desk.Stories.Comments(v.r.Context(), st.ID)
	if err != nil {
		return nil, err
	}
	t := &talking{}
	may := v.may(story.ActComment, st)
	if may {
		t.URL = actURL(st.ID, "comments")
		t.Passages = v.passages(st.Content.Body)
	}
	for _, c := range all {
		one, err := v.thread(st, c, may)
		if err != nil {
			return nil, err
		}
		if c.Open() {
			t.Threads = append(t.Threads, one)
		} else {
			t.Closed = append(t.Closed, one)
		}
	}
	return t, nil
}

func (v *visit) thread(st story.Story, c story.Comment, may bool) (t thread, err error) {
	if t.remark, err = v.remark(c); err != nil {
		return t, err
	}
	t.Quote, t.block = c.Quote, -1
	switch {
	case c.Quote == "":
		t.Where = v.T("comment-whole")
	default:
		if t.block = story.Passage(st.Content.Body, c.Block, c.Quote); t.block < 0 {
			t.Where = v.T("comment-gone")
		} else {
			t.Where, t.Anchor = v.T("comment-paragraph", "number", t.block+1), "#b"+strconv.Itoa(t.block+1)
		}
	}
	for _, reply := range c.Replies {
		r, err := v.remark(reply)
		if err != nil {
			return t, err
		}
		t.Replies = append(t.Replies, r)
	}
	if !c.Open() {
		if t.Resolver, err = v.name(c.Resolver); err != nil {
			return t, err
		}
	}
	if may {
		at := actURL(st.ID, "comments")
		t.Reply, t.Close, t.Reopen = at, at+"/"+c.ID+"/resolution", at+"/"+c.ID+"/reopening"
	}
	return t, nil
}

func (v *visit) remark(c story.Comment) (remark, error) {
	by, err := v.name(c.By)
	return remark{ID: c.ID, By: by, Words: c.Words, Age: v.age(c.At)}, err
}

// passages are the blocks to choose from, each by its first words.
func (v *visit) passages(b story.Body) []option {
	all := []option{{Value: "-1", Text: v.T("comment-whole"), Chosen: true}}
	for i, n := range b.Blocks {
		text := []rune(story.BlockText(n))
		if len(text) == 0 {
			continue
		}
		if len(text) > 60 {
			text = append(text[:57], '…')
		}
		all = append(all, option{Value: strconv.Itoa(i), Text: strconv.Itoa(i+1) + ". " + string(text)})
	}
	return all
}

// comment says something about a passage. Without a quotation it is the whole
// paragraph that is chosen.
func (d *Desk) comment(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	form := v.r.PostForm
	c := story.Comment{Story: st.ID, Parent: form.Get("parent"), Quote: lines(form.Get("quote")), Words: lines(form.Get("text"))}
	if c.Block, err = strconv.Atoi(form.Get("block")); err != nil {
		c.Block = -1
	}
	if strings.TrimSpace(c.Quote) == "" && c.Block >= 0 && c.Block < len(st.Content.Body.Blocks) {
		c.Quote = story.BlockText(st.Content.Body.Blocks[c.Block])
	}
	people, err := d.Staff.List(v.r.Context())
	if err != nil {
		return err
	}
	said, err := d.Stories.Comment(v.r.Context(), v.person, c, story.Mentioned(c.Words, people))
	if err != nil {
		return v.unsaid(w, err)
	}
	if v.wantsJSON() {
		one, err := v.told(said)
		if err != nil {
			return err
		}
		return v.json(w, http.StatusOK, one)
	}
	return v.see(w, storyURL(st.ID)+"#c-"+said.ID)
}

// unsaid tells a script why not.
func (v *visit) unsaid(w http.ResponseWriter, err error) error {
	if !v.wantsJSON() || fault.Is(err, fault.KindInternal) {
		return err
	}
	return v.json(w, web.Status(err), map[string]string{"why": v.reason(err)})
}

func (d *Desk) resolve(open bool) page {
	return func(w http.ResponseWriter, v *visit) error {
		name := v.r.PathValue("comment")
		if err := d.Stories.Resolve(v.r.Context(), v.person, v.id(), name, open); err != nil {
			return err
		}
		return v.see(w, storyURL(v.id())+"#c-"+name)
	}
}

// toldComment is a comment as a script has it.
type toldComment struct {
	ID      string        `json:"id"`
	Block   int           `json:"block"` // where the passage stands now; -1 is the whole story, or gone
	Quote   string        `json:"quote"`
	By      string        `json:"by"`
	At      string        `json:"at"`
	Text    string        `json:"text"`
	Open    bool          `json:"open"`
	Replies []toldComment `json:"replies"`
}

func (v *visit) told(c story.Comment) (toldComment, error) {
	by, err := v.name(c.By)
	one := toldComment{ID: c.ID, Block: c.Block, Quote: c.Quote, By: by, At: c.At.UTC().Format(time.RFC3339), Text: c.Words, Open: c.Open(), Replies: []toldComment{}}
	for _, r := range c.Replies {
		if err != nil {
			break
		}
		var reply toldComment
		reply, err = v.told(r)
		one.Replies = append(one.Replies, reply)
	}
	return one, err
}

// comments are a page of their own, or a list for a script.
func (d *Desk) comments(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	if v.wantsJSON() {
		return v.tellComments(w, st)
	}
	p := &talkPage{Back: storyURL(st.ID), Number: int64(st.Number)}
	if p.frame, err = v.staged(v.T("comments-title", "number", int64(st.Number)), stageOf(st.State)); err != nil {
		return err
	}
	p.frame.style("copy.css")
	if p.Talk, err = v.talk(st); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "comments", p)
}

func (v *visit) tellComments(w http.ResponseWriter, st story.Story) error {
	all, err := v.desk.Stories.Comments(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	list := []toldComment{}
	for _, c := range all {
		c.Block = story.Passage(st.Content.Body, c.Block, c.Quote)
		one, err := v.told(c)
		if err != nil {
			return err
		}
		list = append(list, one)
	}
	return v.json(w, http.StatusOK, list)
}

// talkPage is the page of a story's comments.
type talkPage struct {
	frame
	Number int64
	Back   string
	Talk   *talking
}

// marked prints blocks with a sign at each that somebody talks about.
func (v *visit) marked(blocks []story.Node, from int, dateline string) (template.HTML, error) {
	t := v.talks
	if t == nil || len(t.Threads) == 0 {
		return v.html(blocks, dateline)
	}
	var b strings.Builder
	for i, n := range blocks {
		first := true
		for k, one := range t.Threads {
			if one.block != from+i {
				continue
			}
			id := ""
			if first {
				id = ` id="b` + strconv.Itoa(from+i+1) + `"`
			}
			first = false
			label := template.HTMLEscapeString(v.T("comment-here", "by", one.By))
			b.WriteString(`<a class="passage"` + id + ` href="#c-` + one.ID + `" lang="` + v.lang + `" aria-label="` + label + `">` + strconv.Itoa(k+1) + `</a>`)
		}
		text, err := v.html([]story.Node{n}, dateline)
		if err != nil {
			return "", err
		}
		dateline = ""
		b.WriteString(string(text))
	}
	return template.HTML(b.String()), nil
}
