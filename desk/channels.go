package desk

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wireroom/bulletin/channel"
	"wireroom/fault"
	"wireroom/masthead"
)

const channelsURL = "/desk/channels"

func channelURL(id channel.ID) string { return channelsURL + "/one/" + string(id) }

func (v *visit) channels() (rows []channelRow, err error) {
	all, err := v.desk.Channels.All(v.r.Context())
	for _, c := range all {
		says := v.T("letters-any-urgency")
		if c.Rules.Urgency > 0 {
			says = v.T("letters-urgency", "number", c.Rules.Urgency)
		}
		for _, id := range c.Rules.Sections {
			if s, ok := v.house.Section(id); ok {
				says += " · " + s.Label(v.edition())
			}
		}
		rows = append(rows, channelRow{channelURL(c.ID), c.Name, string(c.Lang), c.Chat, says, c.Live})
	}
	return rows, err
}

// channelForm is the page of one channel. A token that is kept is never shown.
type channelForm struct {
	frame
	Action, Back string
	New          bool
	Done, Wrong  string
	Typed        typedChannel
	Editions     []option
	Urgencies    []option
	Sections     []tick
}

// typedChannel is the form as it was typed.
type typedChannel struct {
	Name, Lang, Chat, Base, Urgency string
	Live                            bool
}

func (d *Desk) newChannel(w http.ResponseWriter, v *visit) error {
	c := channel.Channel{Lang: v.house.Languages[0], Live: true}
	if v.house.Has(v.edition()) {
		c.Lang = v.edition()
	}
	return v.channelForm(w, http.StatusOK, &channelForm{New: true}, c)
}

func (d *Desk) channelPage(w http.ResponseWriter, v *visit) error {
	c, err := d.Channels.Get(v.r.Context(), channel.ID(v.r.PathValue("channel")))
	if err != nil {
		return err
	}
	p := &channelForm{}
	if v.r.URL.Query().Get("done") == "saved" {
		p.Done = v.T("letters-saved")
	}
	return v.channelForm(w, http.StatusOK, p, c)
}

// saveChannel keeps what was typed, or shows it again with what stands against
// it.
func (d *Desk) saveChannel(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := v.r.PostForm
	text := func(name string) string { return strings.TrimSpace(f.Get(name)) }
	c := channel.Channel{ID: channel.ID(v.r.PathValue("channel")), Lang: masthead.Lang(text("lang")), Name: text("name"), Chat: text("chat"), Token: text("token"),
		Base: text("base"), Rules: channel.Rules{Sections: f["section"]}, Live: f.Get("live") != ""}
	n, err := strconv.Atoi(text("urgency"))
	if err != nil {
		err = fault.Invalid("urgency", "%.20q is no number", text("urgency"))
	}
	c.Rules.Urgency = n
	kept := c
	if err == nil {
		kept, err = d.Channels.Save(v.r.Context(), v.person, c, d.Now())
	}
	if fault.Is(err, fault.KindInvalid) {
		return v.channelForm(w, http.StatusUnprocessableEntity, &channelForm{New: c.ID == "", Wrong: v.T("letters-wrong-" + fieldOf(err))}, c)
	}
	if err != nil {
		return err
	}
	return v.see(w, channelURL(kept.ID)+"?done=saved")
}

func (v *visit) channelForm(w http.ResponseWriter, status int, p *channelForm, c channel.Channel) error {
	title := c.Name
	p.Action, p.Back = channelURL(c.ID), bulletinsURL
	if p.New {
		title, p.Action = v.T("channels-new"), channelsURL+"/new"
	}
	p.frame = v.frame(title)
	p.style("readers.css")
	p.style("bulletins.css")
	p.Typed = typedChannel{c.Name, string(c.Lang), c.Chat, c.Base, strconv.Itoa(c.Rules.Urgency), c.Live}
	for _, l := range v.house.Languages {
		p.Editions = append(p.Editions, option{string(l), v.T("lang-" + string(l)), l == c.Lang})
	}
	p.Urgencies = v.urgencies(p.Typed.Urgency)
	for _, s := range v.house.Sections {
		p.Sections = append(p.Sections, tick{s.ID, s.Label(v.edition()), slices.Contains(c.Rules.Sections, s.ID)})
	}
	return v.show(w, status, "channel", p)
}

// urgencies are the least that may go out, to choose from.
func (v *visit) urgencies(chosen string) []option {
	all := []option{{"0", v.T("letters-any-urgency"), chosen == "0"}}
	for n := 1; n <= 9; n++ {
		s := strconv.Itoa(n)
		all = append(all, option{s, v.T("letters-urgency", "number", s), s == chosen})
	}
	return all
}
