package newsml

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/format/tree"
	"wireroom/story"
)

// g2 reads one item of NewsML-G2.
func g2(n *tree.Node) (format.Item, error) {
	meta, content, rights := n.At("itemmeta"), n.At("contentmeta"), n.At("rightsinfo")
	i := format.Item{
		URI: n.Attr("guid"), Lang: cmp.Or(content.At("language").Attr("tag"), n.Attr("lang")), Status: format.StatusOf(code(meta.At("pubstatus"))),
		Holder: named(rights.At("copyrightholder"), n.Attr("lang")), Copyright: rights.At("copyrightnotice").Words(),
	}
	i.Type = cmp.Or(others[n.Name], last(code(meta.At("itemclass"))))
	i.Version, _ = strconv.ParseInt(n.Attr("version"), 10, 64)
	i.SetTimes(cmp.Or(meta.At("firstcreated").Words(), content.At("contentcreated").Words()), meta.At("versioncreated").Words())
	i.Content.Embargo = format.Embargoed(meta.At("embargoed").Words())
	r := &reading{item: &i, node: n}
	r.signals(meta)
	r.words(content)
	r.about(content)
	r.credit(meta, content)
	if err := r.body(n.At("contentset")); err != nil {
		return format.Item{}, err
	}
	if i.Type == "picture" {
		r.picture(n.At("contentset"))
	}
	r.rest(rights, meta, content)
	return i, nil
}

// reading is an item as it grows.
type reading struct {
	item  *format.Item
	node  *tree.Node
	lines lines
}

// code is what names a concept: its qcode, its address or its literal.
func code(n *tree.Node) string { return cmp.Or(n.Attr("qcode"), n.Attr("uri"), n.Attr("literal")) }

// last is a code without its scheme.
func last(code string) string { return code[strings.LastIndexAny(code, ":/")+1:] }

// named is the name of a concept in the language, or in another, or else its
// literal.
func named(n *tree.Node, lang string) string {
	all := n.Children("name")
	for _, name := range all {
		if l := name.Attr("lang"); l != "" && strings.HasPrefix(lang, l) && name.Words() != "" {
			return name.Words()
		}
	}
	for _, name := range all {
		if name.Words() != "" {
			return name.Words()
		}
	}
	return format.Flat(n.Attr("literal"))
}

// signs are the signals of IPTC's and of Reuters' lists.
var signs = map[string]story.Signal{
	"sig:correction": story.SignalCorrection, "sig:update": story.SignalUpdate, "edStat:C": story.SignalCorrection, "edStat:U": story.SignalUpdate,
	"edStat:K": story.SignalKill, "edStat:N": story.SignalNew,
}

func (r *reading) signals(meta *tree.Node) {
	for _, s := range meta.Children("signal") {
		q := code(s)
		if exact, ok := strings.CutPrefix(q, signalScheme+":"); ok {
			r.item.Signal = story.Signal(exact)
			return
		}
		if known, ok := signs[q]; ok && r.item.Signal == "" {
			r.item.Signal = known
		} else if !ok {
			r.lines.add("signal", cmp.Or(named(s, r.item.Lang), q))
		}
	}
}

// words reads what a person wrote beside the text.
func (r *reading) words(content *tree.Node) {
	c := &r.item.Content
	c.Urgency = urgency(content.At("urgency").Words())
	for _, h := range content.Children("headline") {
		if c.Headline == "" {
			c.Headline = h.Words()
		} else if h.Words() != c.Headline {
			r.lines.add("headline "+last(h.Attr("role")), h.Words())
		}
	}
	for _, s := range content.Children("slugline") {
		if c.Slug == "" {
			c.Slug = s.Words()
		} else {
			r.lines.add("slugline", s.Words())
		}
	}
	var by []string
	for _, b := range content.Children("by") {
		if b.Words() != "" {
			by = append(by, b.Words())
		}
	}
	c.Byline = format.Byline(strings.Join(by, ", "))
	r.item.Dateline = content.At("dateline").Words()
	for _, l := range content.Children("located") {
		if name := named(l, r.item.Lang); c.Place == "" {
			c.Place = name
		} else {
			r.lines.add("located", name)
		}
	}
	for _, d := range content.Children("description") {
		role := strings.ToLower(last(d.Attr("role")))
		if c.Teaser == "" && slices.Contains([]string{"", "summary", "abstract", "intro", "teaser"}, role) {
			c.Teaser = prose.Plain(d.Markup(plainly))
		} else {
			r.lines.add("description "+role, d.Words())
		}
	}
}

// about reads what the item is about. Codes without a name go to the note, but
// for those that a section may stand for.
func (r *reading) about(content *tree.Node) {
	c := &r.item.Content
	var codes []string
	for _, s := range content.Children("subject") {
		name, q := named(s, r.item.Lang), topic(code(s))
		filed := strings.HasPrefix(q, "medtop:") || strings.HasPrefix(q, "subj:")
		switch kind := last(s.Attr("type")); {
		case name == "" && !filed:
			codes = append(codes, q)
		case slices.Contains([]string{"person", "organisation", "geoArea", "poi", "object", "event"}, kind):
			r.keyword(name)
		default:
			r.subject(s, name, q, filed)
		}
	}
	r.lines.add("subject", strings.Join(codes, " "))
	for _, k := range content.Children("keyword") {
		r.keyword(k.Words())
	}
	if len(c.Keywords) == 0 {
		c.Keywords = nil
	}
}

func (r *reading) subject(n *tree.Node, name, q string, filed bool) {
	s := format.Subject{Name: name}
	if filed {
		s.Code = q
	}
	s.ID = strings.TrimPrefix(sectionOf(n), sectionScheme+":")
	for _, other := range n.Children("name") {
		if lang := other.Attr("lang"); lang != "" && other.Words() != "" && s.Names[lang] == "" {
			if s.Names == nil {
				s.Names = map[string]string{}
			}
			s.Names[lang] = other.Words()
		}
	}
	if s.Label() != "" && !slices.ContainsFunc(r.item.Subjects, func(o format.Subject) bool { return o.Label() == s.Label() }) {
		r.item.Subjects = append(r.item.Subjects, s)
	}
}

// sectionOf is the code of our own for a subject: its own, or one said to be
// the same.
func sectionOf(n *tree.Node) string {
	all := append([]*tree.Node{n}, n.Children("sameas")...)
	for _, c := range all {
		if q := code(c); strings.HasPrefix(q, sectionScheme+":") {
			return q
		}
	}
	return ""
}

func (r *reading) keyword(word string) {
	if word != "" && !slices.Contains(r.item.Content.Keywords, word) {
		r.item.Content.Keywords = append(r.item.Content.Keywords, word)
	}
}

// topic writes the address of a media topic as its code.
func topic(code string) string {
	if number, ok := strings.CutPrefix(code, topics); ok {
		return "medtop:" + number
	}
	return code
}

// credit is whose report it is: as the item words it, or who the source is.
func (r *reading) credit(meta, content *tree.Node) {
	provider := meta.At("provider")
	r.item.Content.Credit = cmp.Or(content.At("creditline").Words(), named(content.At("infosource"), r.item.Lang), named(provider, r.item.Lang))
	for _, id := range content.Children("altid") {
		if id.Attr("type") == idScheme+":wire" {
			r.item.Number, _ = strconv.ParseInt(id.Words(), 10, 64)
		}
	}
	for _, l := range append(meta.Children("link"), r.node.Children("link")...) {
		switch rel := last(l.Attr("rel")); {
		case rel == "canonical" || l.Attr("rel") == idScheme+":page":
			r.item.Page = l.Attr("href")
		case rel == "translatedFrom" || rel == "translation":
			r.item.Siblings = append(r.item.Siblings, format.Sibling{URI: l.Attr("residref"), Lang: l.At("title").Attr("lang"), Headline: l.At("title").Words()})
		}
	}
}

func urgency(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 9 {
		return 0
	}
	return n
}

// taken are the elements that a story has a place for.
var taken = []string{
	"copyrightholder", "itemclass", "versioncreated", "firstcreated", "embargoed", "pubstatus", "signal", "urgency", "contentcreated",
	"headline", "slugline", "by", "dateline", "located", "description", "subject", "keyword", "creditline", "language", "link",
}

// rest keeps for the editor what has no place of its own.
func (r *reading) rest(groups ...*tree.Node) {
	var said []string
	for _, g := range groups {
		for _, n := range g.Children("") {
			switch {
			case n.Name == "ednote":
				if s := prose.Plain(n.Markup(plainly)); s != "" && !slices.Contains(said, s) {
					said = append(said, s)
				}
			case n.Name == "altid" && strings.HasPrefix(n.Attr("type"), idScheme+":"):
			case n.Name == "infosource" && named(n, r.item.Lang) == r.item.Content.Credit, n.Name == "provider" && named(n, r.item.Lang) == r.item.Content.Credit:
			case !slices.Contains(taken, n.Name):
				r.lines.add(n.Name, cmp.Or(named(n, r.item.Lang), n.Words(), code(n)))
			}
		}
	}
	r.lines.add("copyrightholder", r.item.Holder)
	r.item.Content.Note, r.item.Lost = format.Noted(strings.Join(said, "\n"), r.lines)
}
