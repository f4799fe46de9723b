package desk

import (
	"net/http"
	"strconv"
	"time"

	"wireroom/audience"
	"wireroom/audience/roll"
	"wireroom/fault"
	"wireroom/web"
)

const listsURL = "/desk/readers/lists"

// listSize is how large a list of subscribers may be, in bytes.
const listSize = 16 << 20

// flawsShown is how many lines that were not used stand on the page.
const flawsShown = 40

func (d *Desk) readerListRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: listsURL, Handler: d.seated(d.clerk(d.readerLists))},
		{Method: "POST", Pattern: listsURL, Handler: d.seated(d.clerk(d.bringIn)), MaxBody: listSize},
		{Method: "POST", Pattern: listsURL + "/table", Handler: d.seated(d.clerk(d.takeOut))},
	}
}

// rolls is the page by which lists of subscribers come in and go out.
type rolls struct {
	room
	Plans  []option
	Until  string
	Result *rollResult
}

// rollResult is what has come of a list, or would.
type rollResult struct {
	Tried        bool
	Facts        []fact
	Flaws, Lacks []string
}

func (d *Desk) readerLists(w http.ResponseWriter, v *visit, _ *audience.Clerk) error {
	return v.rolls(w, http.StatusOK, &rolls{}, nil)
}

func (v *visit) rolls(w http.ResponseWriter, status int, p *rolls, wrong error) error {
	p.room = v.room(v.T("readers-lists"), listsURL)
	if p.Plans == nil {
		p.Plans = v.planOptions("")
	}
	if wrong != nil {
		p.Notice = v.mistyped(wrong)
	}
	return v.show(w, status, "lists", p)
}

func (d *Desk) bringIn(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := v.r.ParseMultipartForm(1 << 20); err != nil {
		return badForm(err)
	}
	defer v.r.MultipartForm.RemoveAll()
	typed := v.r.PostForm
	p := &rolls{Plans: v.planOptions(typed.Get("plan")), Until: typed.Get("until")}
	list, how, err := v.list()
	if fault.Is(err, fault.KindInvalid) {
		return v.rolls(w, http.StatusUnprocessableEntity, p, err)
	}
	if err != nil {
		return err
	}
	done, err := c.BringIn(v.r.Context(), list, how)
	if err != nil {
		return err
	}
	p.Result = v.rollResult(list, done, how.Try)
	return v.rolls(w, http.StatusOK, p, nil)
}

// list reads what was sent.
func (v *visit) list() (list roll.List, how audience.Bringing, err error) {
	how.Try = v.r.PostForm.Get("do") == "try"
	for _, plan := range v.house.Plans {
		how.Plans = append(how.Plans, plan.ID)
	}
	if v.r.PostForm.Get("plan") != "" {
		plan, err := v.aPlan()
		if err != nil {
			return list, how, err
		}
		how.Plan = plan.ID
	}
	if text := v.r.PostForm.Get("until"); text != "" {
		if how.Until, err = time.Parse(time.DateOnly, text); err != nil {
			return list, how, fault.Invalid("until", "%.50q is no day", text)
		}
	}
	file, _, err := v.r.FormFile("file")
	if err != nil {
		return list, how, fault.Invalid("file", "choose a file")
	}
	defer file.Close()
	list, err = roll.Read(file)
	return list, how, err
}

func (v *visit) rollResult(list roll.List, done audience.Brought, tried bool) *rollResult {
	r := &rollResult{Tried: tried, Facts: []fact{
		{v.T("lists-origin"), v.T("lists-origin-" + string(list.Origin))},
		{v.T("lists-new"), strconv.Itoa(done.New)}, {v.T("lists-known"), strconv.Itoa(done.Known)}, {v.T("lists-given"), strconv.Itoa(done.Given)},
	}}
	for i, f := range list.Flaws {
		if i == flawsShown {
			r.Flaws = append(r.Flaws, v.T("lists-more", "line", len(list.Flaws)-i))
			break
		}
		r.Flaws = append(r.Flaws, v.T("lists-flaw-"+f.Why, "line", f.Line))
	}
	for i, line := range done.Lacks {
		if i == flawsShown {
			r.Lacks = append(r.Lacks, v.T("lists-more", "line", len(done.Lacks)-i))
			break
		}
		r.Lacks = append(r.Lacks, v.T("lists-lack", "line", line))
	}
	return r
}

func (d *Desk) takeOut(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="readers.csv"`)
	h.Set("Cache-Control", "private, no-store")
	return c.TakeOut(v.r.Context(), w)
}
