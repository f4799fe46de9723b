package desk

import (
	"net/http"
	"strconv"
	"strings"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web/words"
)

// clientPage is one client's page.
type clientPage struct {
	frame
	Name, At, Secret, Curl string
	Over                   bool
	Form                   clientForm
	Products               []productForm
	Tokens                 []tokenRow
	Seats                  []clients.Seat
	SeatsOf, Wanted        int // of the contract; asked for by the client, 0 is none
	Owed                   []owedRow
	Use                    useTable
	Wrong                  string // of a token or a seat
	Done                   string // what has just been done
}

type tokenRow struct{ ID, Name, Made, Used string }

type owedRow struct {
	Wire  int64
	Since when
}

// productForm is a product as it is typed.
type productForm struct {
	Action, Name, Urgency, Words, BlockWords string
	Full, New                                bool
	Langs, Sections, Blocked                 []option
	Wrong                                    string
}

func (d *Desk) client(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	c, err := m.Client(v.r.Context(), clients.ID(v.r.PathValue("client")))
	if err != nil {
		return err
	}
	p := &clientPage{}
	if v.r.URL.Query().Get("done") == "yes" {
		p.Done = v.T("clients-done")
	}
	return v.oneClient(w, http.StatusOK, m, c, p)
}

// oneClient shows a client; a form that is filled already stays as typed.
func (v *visit) oneClient(w http.ResponseWriter, status int, m *clients.Manager, c clients.Client, p *clientPage) error {
	done := p.Done
	p.frame, p.Name, p.At, p.Over = v.frame(c.Name), c.Name, clientsURL+"/"+string(c.ID), !c.Open(v.now)
	p.Done = done
	p.style("readers.css")
	if p.Form.Langs == nil {
		p.Form = v.clientForm(c)
	}
	p.Form.Action = p.At
	v.fillProducts(p, c)
	tokens, err := m.Tokens(v.r.Context(), c.ID)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		p.Tokens = append(p.Tokens, tokenRow{t.ID, t.Name, words.Day(v.lang, t.Made), t.Used})
	}
	p.SeatsOf, p.Wanted = c.Seats, c.Wanted
	if p.Seats, err = m.Seats(v.r.Context(), c.ID); err != nil {
		return err
	}
	owed, err := m.Owed(v.r.Context(), c.ID)
	if err != nil {
		return err
	}
	for _, r := range owed {
		p.Owed = append(p.Owed, owedRow{int64(r.Wire), v.age(r.Asked)})
	}
	if p.Use, err = v.useOf(m, c.ID); err != nil {
		return err
	}
	return v.show(w, status, "client", p)
}

// fillProducts puts the client's products and the form of a new one on the
// page; one that was typed wrongly stands there already, in its place.
func (v *visit) fillProducts(p *clientPage, c clients.Client) {
	typed := p.Products
	p.Products = nil
	for _, b := range append(c.Products, clients.Product{Lets: reveal.Selection{Full: true}}) {
		f := v.productForm(b)
		f.Action = p.At + "/products"
		if b.ID != "" {
			f.Action += "/" + b.ID
		}
		for _, t := range typed {
			if t.Action == f.Action {
				f = t
			}
		}
		f.New = b.ID == ""
		p.Products = append(p.Products, f)
	}
}

func (v *visit) productForm(b clients.Product) productForm {
	f := productForm{Name: b.Name, Words: strings.Join(b.Lets.Words, "\n"), BlockWords: strings.Join(b.Lets.BlockWords, "\n"), Full: b.Lets.Full,
		Sections: v.sectionOptions(b.Lets.Sections), Blocked: v.sectionOptions(b.Lets.BlockSections)}
	if b.Lets.Urgency > 0 {
		f.Urgency = strconv.Itoa(b.Lets.Urgency)
	}
	for _, o := range v.tongues("") {
		for _, l := range b.Lets.Langs {
			o.Chosen = o.Chosen || string(l) == o.Value
		}
		f.Langs = append(f.Langs, o)
	}
	return f
}

func (v *visit) sectionOptions(chosen []string) []option {
	var all []option
	for _, s := range v.house.Sections {
		o := option{Value: s.ID, Text: s.Label(story.Lang(v.lang))}
		for _, id := range chosen {
			o.Chosen = o.Chosen || id == s.ID
		}
		all = append(all, o)
	}
	return all
}

// typedProduct reads the form of a product.
func (v *visit) typedProduct() (clients.Product, error) {
	if err := v.r.ParseForm(); err != nil {
		return clients.Product{}, badForm(err)
	}
	t := fields{values: v.r.PostForm}
	b := clients.Product{ID: v.r.PathValue("product"), Name: t.get("name"), Lets: reveal.Selection{
		Sections: v.r.PostForm["section"], BlockSections: v.r.PostForm["block"], Urgency: t.number("urgency"),
		Words: nonEmpty(lines(t.get("words"))), BlockWords: nonEmpty(lines(t.get("block_words"))), Full: t.get("full") != "",
	}}
	for _, l := range v.r.PostForm["lang"] {
		b.Lets.Langs = append(b.Lets.Langs, story.Lang(l))
	}
	return b, t.wrong
}

func nonEmpty(s string) []string {
	var all []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func (d *Desk) saveProduct(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	c, err := m.Client(v.r.Context(), clients.ID(v.r.PathValue("client")))
	if err != nil {
		return err
	}
	b, err := v.typedProduct()
	if err == nil {
		_, err = m.SaveProduct(v.r.Context(), c.ID, b)
	}
	if fault.Is(err, fault.KindInvalid) {
		f := v.productForm(b)
		f.Action, f.Wrong = v.r.URL.Path, v.rule("clients-"+fieldOf(err), err)
		return v.oneClient(w, http.StatusUnprocessableEntity, m, c, &clientPage{Products: []productForm{f}})
	}
	return v.back(w, c, err)
}

// back leads to the client after something was done.
func (v *visit) back(w http.ResponseWriter, c clients.Client, err error) error {
	if err != nil {
		return err
	}
	return v.see(w, clientsURL+"/"+string(c.ID)+"?done=yes")
}

// ofClient does something to a part of a client, named by the last value of
// the path.
func (v *visit) ofClient(w http.ResponseWriter, m *clients.Manager, do func(clients.ID) error) error {
	c, err := m.Client(v.r.Context(), clients.ID(v.r.PathValue("client")))
	if err != nil {
		return err
	}
	return v.back(w, c, do(c.ID))
}

func (d *Desk) dropProduct(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	return v.ofClient(w, m, func(id clients.ID) error { return m.DropProduct(v.r.Context(), id, v.r.PathValue("product")) })
}

func (d *Desk) revokeToken(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	return v.ofClient(w, m, func(id clients.ID) error { return m.RevokeToken(v.r.Context(), id, v.r.PathValue("token")) })
}

func (d *Desk) dropSeat(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	return v.ofClient(w, m, func(id clients.ID) error { return m.DropSeat(v.r.Context(), id, v.r.PathValue("seat")) })
}

// makeToken shows the token, this once: the page is not led away from, so that
// the token stands in no address.
func (d *Desk) makeToken(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	c, err := m.Client(v.r.Context(), clients.ID(v.r.PathValue("client")))
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	secret, err := m.MakeToken(v.r.Context(), c.ID, v.r.PostForm.Get("name"))
	if fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindConflict) {
		return v.oneClient(w, http.StatusUnprocessableEntity, m, c, &clientPage{Wrong: v.rule("clients-token", err)})
	}
	if err != nil {
		return err
	}
	p := &clientPage{Secret: secret}
	p.Curl = `curl -H "Authorization: Bearer ` + secret + `" "` + v.base() + `/wire/v1/items?after=0"`
	return v.oneClient(w, http.StatusOK, m, c, p)
}

func (d *Desk) addSeat(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	c, err := m.Client(v.r.Context(), clients.ID(v.r.PathValue("client")))
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	err = m.AddSeat(v.r.Context(), c.ID, v.r.PostForm.Get("name"), v.r.PostForm.Get("email"))
	if fault.Is(err, fault.KindInvalid) {
		return v.oneClient(w, http.StatusUnprocessableEntity, m, c, &clientPage{Wrong: v.rule("clients-seat", err)})
	}
	if fault.Is(err, fault.KindConflict) {
		return v.oneClient(w, http.StatusConflict, m, c, &clientPage{Wrong: v.T("clients-seats-full")})
	}
	return v.back(w, c, err)
}

// saveSeats says how many seats the contract gives.
func (d *Desk) saveSeats(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	c, err := m.Client(v.r.Context(), clients.ID(v.r.PathValue("client")))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(strings.TrimSpace(v.r.PostFormValue("seats")))
	if err == nil {
		err = m.SaveSeats(v.r.Context(), c.ID, n)
	} else {
		err = fault.Invalid("seats", "this is no number")
	}
	if fault.Is(err, fault.KindInvalid) {
		return v.oneClient(w, http.StatusUnprocessableEntity, m, c, &clientPage{Wrong: v.T("clients-seats-wrong")})
	}
	return v.back(w, c, err)
}

// base is where the agency answers, for a line to copy.
func (v *visit) base() string {
	if v.house.PublicURL != "" {
		return v.house.PublicURL
	}
	return "http://" + v.r.Host
}
