package desk_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// node is an element of a page.
type node = html.Node

// clerk is a browser at the desk.
type clerk struct {
	n *newsroom
	http.Client
	headers []string // sent with each request
}

func (n *newsroom) stranger() *clerk {
	n.Helper()
	jar, err := cookiejar.New(nil)
	n.ok(err)
	c := &clerk{n: n, Client: http.Client{Jar: jar}}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// page is what a browser shows.
type page struct {
	n      *newsroom
	status int
	at     string // the address that it ended at
	header http.Header
	source string
	doc    *html.Node
}

// does sends a request and shows what comes back, a redirect as it is.
func (c *clerk) does(r *http.Request) page {
	c.n.Helper()
	for i := 0; i+1 < len(c.headers); i += 2 {
		r.Header.Set(c.headers[i], c.headers[i+1])
	}
	resp, err := c.Do(r)
	c.n.ok(err)
	defer resp.Body.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(resp.Body)
	c.n.ok(err)
	doc, err := html.Parse(strings.NewReader(b.String()))
	c.n.ok(err)
	return page{c.n, resp.StatusCode, r.URL.RequestURI(), resp.Header, b.String(), doc}
}

func (c *clerk) asks(method, path string) page {
	c.n.Helper()
	r, err := http.NewRequest(method, c.n.host.URL+path, nil)
	c.n.ok(err)
	return c.does(r)
}

func (c *clerk) opens(path string) page { c.n.Helper(); return c.asks(http.MethodGet, path) }

// follows goes where an answer leads, once.
func (c *clerk) follows(p page) page {
	c.n.Helper()
	if p.status != http.StatusSeeOther {
		return p
	}
	return c.opens(p.header.Get("Location"))
}

// posts sends a form's values and follows the answer.
func (c *clerk) posts(path string, values url.Values) page {
	c.n.Helper()
	return c.follows(c.throws(path, values))
}

// throws sends a form's values and follows nothing.
func (c *clerk) throws(path string, values url.Values) page {
	c.n.Helper()
	r, err := http.NewRequest(http.MethodPost, c.n.host.URL+path, strings.NewReader(values.Encode()))
	c.n.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.does(r)
}

// form is a form of a page as a browser would send it.
type form struct {
	url.Values
	action, enctype string
	buttons         []string
	file            []byte // to be sent beside the values
}

// sends presses the form's button of the name and value, if one is given, and
// follows the answer.
func (c *clerk) sends(f form, button ...string) page {
	c.n.Helper()
	if len(button) == 2 {
		f.Set(button[0], button[1])
	}
	if f.enctype != "multipart/form-data" {
		return c.posts(f.action, f.Values)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range f.Values {
		for _, value := range values {
			// Browsers send the line ends of the wire.
			c.n.ok(w.WriteField(name, strings.ReplaceAll(value, "\n", "\r\n")))
		}
	}
	if f.file != nil {
		part, err := w.CreateFormFile("picture", "picture.png")
		c.n.ok(err)
		_, err = part.Write(f.file)
		c.n.ok(err)
	}
	c.n.ok(w.Close())
	r, err := http.NewRequest(http.MethodPost, c.n.host.URL+f.action, &b)
	c.n.ok(err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return c.follows(c.does(r))
}

// form finds the page's form with the action.
func (p page) form(action string) form {
	p.n.Helper()
	for _, n := range p.all("form") {
		if attr(n, "action") == action && strings.EqualFold(attr(n, "method"), "post") {
			return filled(n, action)
		}
	}
	p.n.Fatalf("%d at %s has no form for %s:\n%s", p.status, p.at, action, p.source)
	return form{}
}

// filled reads a form's values as they would be sent, its buttons aside.
func filled(n *html.Node, action string) form {
	f := form{Values: url.Values{}, action: action, enctype: attr(n, "enctype")}
	for d := range n.Descendants() {
		name := attr(d, "name")
		switch {
		case d.Type == html.ElementNode && d.Data == "button":
			f.buttons = append(f.buttons, words(d))
		case d.Type != html.ElementNode || name == "":
		case d.Data == "textarea":
			f.Add(name, content(d))
		case d.Data == "select":
			f.Add(name, chosen(d))
		case d.Data == "input" && attr(d, "type") == "file":
		case d.Data == "input" && (attr(d, "type") != "radio" && attr(d, "type") != "checkbox" || has(d, "checked")):
			f.Add(name, attr(d, "value"))
		}
	}
	return f
}

// chosen is the value of a list: the option that is selected, else the first.
func chosen(list *html.Node) string {
	options := all(list, "option")
	for _, o := range options {
		if has(o, "selected") {
			return attr(o, "value")
		}
	}
	if len(options) == 0 {
		return ""
	}
	return attr(options[0], "value")
}

// all gives the page's elements of a name, with a class if one is given.
func (p page) all(name string, class ...string) []*html.Node { return all(p.doc, name, class...) }

func all(n *html.Node, name string, class ...string) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name &&
			(len(class) == 0 || slices.Contains(strings.Fields(attr(d, "class")), class[0])) {
			found = append(found, d)
		}
	}
	return found
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// content is an element's text as it stands.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// words is an element's text as a person reads it: blanks folded, cells apart.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		} else if slices.Contains([]string{"td", "th", "dt", "dd", "li", "p", "label", "option"}, d.Data) {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// texts are the words of each of the page's elements of a name and class.
func (p page) texts(name string, class ...string) (texts []string) {
	for _, n := range p.all(name, class...) {
		texts = append(texts, words(n))
	}
	return texts
}

// says fails unless the page has the status and, in its main part, the words.
func (p page) says(status int, want ...string) page {
	p.n.Helper()
	main := strings.Join(p.texts("main"), " ")
	if p.status != status {
		p.n.Errorf("%s answers %d, not %d: %s", p.at, p.status, status, main)
	}
	for _, w := range want {
		if !strings.Contains(main, w) {
			p.n.Errorf("%s does not say %q but %s", p.at, w, main)
		}
	}
	return p
}

// lacks fails if the page's source has any of the words.
func (p page) lacks(unwanted ...string) page {
	p.n.Helper()
	for _, w := range unwanted {
		if strings.Contains(p.source, w) {
			p.n.Errorf("%s has %q", p.at, w)
		}
	}
	return p
}
