package newsml

import (
	"cmp"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/format/tree"
	"wireroom/story"
)

// old reads one item of NewsML 1.2. Its components nest; each thing is taken
// where it stands first.
func old(n *tree.Node) (format.Item, error) {
	id, management := n.At("identification", "newsidentifier"), n.At("newsmanagement")
	i := format.Item{URI: id.At("publicidentifier").Words()}
	i.Version, _ = strconv.ParseInt(id.At("revisionid").Words(), 10, 64)
	i.SetTimes(management.At("firstcreated").Words(), management.At("thisrevisioncreated").Words())
	r := &reading{item: &i, node: n}
	r.oldStatus(management)
	news := n.Find("newslines")
	c := &i.Content
	c.Urgency = urgency(management.At("urgency").Attr("formalname"))
	c.Headline, c.Byline = news.At("headline").Words(), format.Byline(news.At("byline").Words())
	c.Slug = format.Flat(cmp.Or(news.At("slugline").Words(), n.At("identification", "namelabel").Words()))
	i.Dateline, i.Copyright = news.At("dateline").Words(), news.At("copyrightline").Words()
	c.Credit = cmp.Or(news.At("creditline").Words(), n.Find("provider").At("party").Attr("formalname"))
	i.Lang = n.Find("language").Attr("formalname")
	r.oldSubjects(n)
	for _, l := range news.Children("") {
		switch l.Name {
		case "headline", "byline", "slugline", "dateline", "creditline":
		case "keywordline":
			r.keyword(l.Words())
		case "newsline":
			r.lines.add(cmp.Or(l.At("newslinetype").Attr("formalname"), "newsline"), l.At("newslinetext").Words())
		default:
			r.lines.add(l.Name, l.Words())
		}
	}
	if err := r.oldBody(n); err != nil {
		return format.Item{}, err
	}
	var said []string
	for _, s := range management.Children("instruction") {
		said = append(said, cmp.Or(s.Words(), s.Attr("formalname")))
	}
	c.Note, i.Lost = format.Noted(strings.Join(said, "\n"), r.lines)
	return i, nil
}

// oldStatus reads the status and when it will change: an item that will be
// usable from a time on is under embargo until then.
func (r *reading) oldStatus(management *tree.Node) {
	r.item.Status = format.StatusOf(management.At("status").Attr("formalname"))
	change := management.At("statuswillchange")
	later := format.StatusOf(change.At("futurestatus").Attr("formalname"))
	embargoed := r.item.Status == "embargoed"
	if embargoed || r.item.Status == story.Withheld && later == story.Usable {
		r.item.Status = story.Usable
		r.item.Content.Embargo = format.Embargoed(cmp.Or(change.At("dateandtime").Words(), "unknown"))
	}
}

func (r *reading) oldSubjects(n *tree.Node) {
	for _, s := range n.FindAll("subjectcode") {
		for _, kind := range []string{"subjectdetail", "subjectmatter", "subject"} {
			if found := s.At(kind); found != nil {
				name := format.Flat(found.Words())
				r.subject(found, name, "subj:"+found.Attr("formalname"), true)
				break
			}
		}
	}
	for _, s := range n.FindAll("ofinterestto") {
		r.lines.add("of interest to", s.Attr("formalname"))
	}
	if place := n.Find("location").At("property"); place != nil {
		r.item.Content.Place = place.Attr("value")
	}
}

// oldBody takes the first text that has words; its other pieces, such as a
// picture's caption, go to the note.
func (r *reading) oldBody(n *tree.Node) error {
	for _, item := range n.FindAll("contentitem") {
		data := item.At("datacontent")
		if data == nil {
			continue
		}
		kind := strings.ToLower(item.At("mediatype").Attr("formalname"))
		switch {
		case kind != "" && kind != "text" && kind != "complexdata":
			r.lines.add(kind, data.Words())
		case len(r.item.Content.Body.Blocks) > 0:
			r.lines.add("text", data.Words())
		case data.Find("nitf") != nil:
			if err := r.inline(data); err != nil {
				return err
			}
		case len(data.Children("")) > 0:
			if err := r.fit(data, prose.HTML(cmp.Or(data.Find("body.content"), data.Find("body"), data).Markup(plainly))); err != nil {
				return err
			}
		default:
			if err := r.text(data, data.Raw()); err != nil {
				return err
			}
		}
	}
	return nil
}
