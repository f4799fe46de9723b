package desk

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/web"
)

const codesURL = "/desk/readers/codes"

func (d *Desk) codeRoutes() []web.Route {
	route := func(method, rest string, h clerking) web.Route {
		return web.Route{Method: method, Pattern: codesURL + rest, Handler: d.seated(d.clerk(h))}
	}
	sheet := route("POST", "/table", d.codeTable)
	sheet.MaxBody = 1 << 20
	return []web.Route{
		route("GET", "", d.codes), route("POST", "", d.makeCodes), route("POST", "/seats", d.makeSeats), sheet,
		route("GET", "/{batch}", d.poolPage), route("POST", "/{batch}/closing", d.closeCodes), route("POST", "/{batch}/opening", d.openCodes),
	}
}

// codeRoom is the page of all batches, with the forms that begin one.
type codeRoom struct {
	room
	Batches []batchLine
	Partner batchForm
	Seats   batchForm
	Most    int
}

// batchForm is a form as it was typed.
type batchForm struct {
	Name, Days, Count string
	Plans             []option
	Wrong             string
}

type batchLine struct {
	URL, Sign, Name, Kind, Plan, Gives, Day string
	Made, Used, Left                        int
	Pool, Closed                            bool
}

func (d *Desk) codes(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	p := &codeRoom{}
	if done := v.r.URL.Query().Get("done"); done == "closing" || done == "opening" {
		p.Done = v.T("codes-done-" + done)
	}
	return v.codeRoom(w, http.StatusOK, c, p)
}

func (v *visit) codeRoom(w http.ResponseWriter, status int, c *audience.Clerk, p *codeRoom) error {
	done := p.Done
	p.room, p.Most = v.room(v.T("codes"), codesURL), audience.MostCodes
	p.Done = done
	for _, f := range []*batchForm{&p.Partner, &p.Seats} {
		if f.Plans == nil {
			f.Plans = v.planOptions("")
		}
	}
	all, err := c.Batches(v.r.Context())
	if err != nil {
		return err
	}
	for _, b := range all {
		p.Batches = append(p.Batches, v.batchLine(b))
	}
	return v.show(w, status, "codes", p)
}

func (v *visit) batchLine(b audience.Batch) batchLine {
	name := b.Name
	if b.Kind == audience.Gift {
		name = v.T("codes-gifts")
	}
	return batchLine{
		URL: codesURL + "/" + strconv.FormatInt(b.Number, 10), Sign: b.Sign(), Name: name, Kind: v.T("codes-kind-" + string(b.Kind)),
		Plan: v.planName(b.Plan), Gives: v.T("codes-days", "n", b.Days), Day: b.Day,
		Made: b.Made, Used: b.Used, Left: b.Made - b.Used, Pool: b.Kind == audience.Pool, Closed: b.Closed,
	}
}

// askedFor reads a form that begins a batch.
func (v *visit) askedFor() (f batchForm, plan string, days, count int, err error) {
	if err := v.r.ParseForm(); err != nil {
		return f, "", 0, 0, badForm(err)
	}
	typed := v.r.PostForm
	f = batchForm{Name: typed.Get("name"), Days: typed.Get("days"), Count: typed.Get("count"), Plans: v.planOptions(typed.Get("plan"))}
	chosen, err := v.aPlan()
	if err == nil {
		days, err = v.count("days")
	}
	if err == nil {
		count, err = v.count("count")
	}
	return f, chosen.ID, days, count, err
}

func (d *Desk) makeCodes(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	f, plan, days, count, err := v.askedFor()
	var b audience.Batch
	var codes []string
	if err == nil {
		b, codes, err = c.Partner(v.r.Context(), f.Name, plan, days, count)
	}
	if fault.Is(err, fault.KindInvalid) {
		f.Wrong = v.mistyped(err)
		return v.codeRoom(w, http.StatusUnprocessableEntity, c, &codeRoom{Partner: f})
	}
	if err != nil {
		return err
	}
	return v.cards(w, b, codes)
}

func (d *Desk) makeSeats(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	f, plan, days, count, err := v.askedFor()
	var b audience.Batch
	if err == nil {
		b, err = c.Seats(v.r.Context(), f.Name, plan, days, count)
	}
	if fault.Is(err, fault.KindInvalid) {
		f.Wrong = v.mistyped(err)
		return v.codeRoom(w, http.StatusUnprocessableEntity, c, &codeRoom{Seats: f})
	}
	if err != nil {
		return err
	}
	return v.see(w, codesURL+"/"+strconv.FormatInt(b.Number, 10))
}

// deck is the page of codes as cards to print, shown once for a partner's.
type deck struct {
	room
	Batch batchLine
	Cards []codeCard
	Codes string // for the table; "" of a pool
	Where string // where a code is typed
}

type codeCard struct {
	Code    string
	Picture picture
}

// cards lays codes out to be printed.
func (v *visit) cards(w http.ResponseWriter, b audience.Batch, codes []string) error {
	line := v.batchLine(b)
	p := &deck{room: v.room(line.Name, ""), Batch: line}
	host := strings.TrimSuffix(v.house.PublicURL, "/")
	if _, shown, ok := strings.Cut(host, "://"); ok {
		p.Where = shown + "/account/code"
	}
	for _, code := range codes {
		text := code
		if host != "" {
			text = host + "/account/code?code=" + url.QueryEscape(code)
		}
		drawn, err := squares(text)
		if err != nil {
			return err
		}
		p.Cards = append(p.Cards, codeCard{audience.Groups(code, " "), drawn})
	}
	if !line.Pool {
		p.Codes = strings.Join(codes, "\n")
	}
	return v.show(w, http.StatusOK, "cards", p)
}

// codeTable gives the codes of a form back as a table. They come from the form
// because the program keeps none.
func (d *Desk) codeTable(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	b, codes, err := c.Ours(v.r.Context(), strings.Fields(v.r.PostForm.Get("codes")))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="codes-`+b.Sign()+`.csv"`)
	h.Set("Cache-Control", "private, no-store")
	table := csv.NewWriter(w)
	_ = table.Write([]string{"code", "plan", "days"})
	for _, code := range codes {
		_ = table.Write([]string{audience.Groups(code, "-"), b.Plan, strconv.Itoa(b.Days)})
	}
	table.Flush()
	return nil
}

// batch is the batch that the address names.
func (v *visit) batch(c *audience.Clerk) (audience.Batch, error) {
	n, err := strconv.ParseInt(v.r.PathValue("batch"), 10, 64)
	if err != nil {
		return audience.Batch{}, fault.NotFound("the codes")
	}
	return c.Batch(v.r.Context(), n)
}

// poolPage shows the code that the readers of a pool share. Other batches have
// no page: their codes were told once.
func (d *Desk) poolPage(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	b, err := v.batch(c)
	if err == nil && b.Kind != audience.Pool {
		err = fault.NotFound("the code")
	}
	if err != nil {
		return err
	}
	code, err := c.PoolCode(v.r.Context(), b)
	if err != nil {
		return err
	}
	return v.cards(w, b, []string{code})
}

func (d *Desk) closeCodes(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.closesCodes(w, c, true, "closing")
}

func (d *Desk) openCodes(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.closesCodes(w, c, false, "opening")
}

func (v *visit) closesCodes(w http.ResponseWriter, c *audience.Clerk, closed bool, done string) error {
	b, err := v.batch(c)
	if err == nil {
		err = c.Close(v.r.Context(), b.Number, closed)
	}
	if err != nil {
		return err
	}
	return v.see(w, codesURL+"?done="+done)
}
