package press

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// The header values that all pages share. Answers hold these very slices:
// making them per request would cost more than the rest of the answer. Nobody
// may write to their elements.
var (
	varyCoding = []string{"Accept-Encoding"}
	publicly   = []string{"public, max-age=0, must-revalidate"}
	privately  = []string{"private, no-store"}
	unkept     = []string{"no-cache"}
	codingName = [codings][]string{brotlied: {"br"}, gzipped: {"gzip"}}
)

// entry is a page with the forms that somebody has asked for, of which there is
// always one.
type entry struct {
	id          id
	status      int
	contentType []string
	control     []string
	until       time.Time
	tagged      bool // may be asked for by its entity tag
	forms       [codings]atomic.Pointer[form]
	packing     sync.Mutex

	used  atomic.Bool
	shelf *shelf // these four are guarded by the store's lock
	size  int64
	next  *entry
	prev  *entry
}

// form is the page's bytes in one coding, with the headers that belong to it.
type form struct {
	body     []byte
	encoding []string // nil for the plain one
	length   []string
	tag      []string
}

// entryCost is what an entry weighs beside its bytes, roughly.
const entryCost = 768

func newEntry(i id, p Page) *entry {
	if p.Status == 0 {
		p.Status = http.StatusOK
	}
	e := &entry{
		id: i, status: p.Status, contentType: []string{p.ContentType}, until: p.Until,
		size: int64(entryCost + len(i.class) + len(i.key) + len(p.Body)),
	}
	switch {
	case i.class != "":
		e.control = privately
	case p.Status == http.StatusOK:
		e.control, e.tagged = publicly, true
	default:
		e.control = unkept
	}
	e.forms[plain].Store(newForm(p.Body, plain))
	return e
}

func newForm(body []byte, c coding) *form {
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
	return &form{body: body, encoding: codingName[c], length: []string{strconv.Itoa(len(body))}, tag: []string{tag}}
}

// current is whether the page may be shown at the time.
func (e *entry) current(now time.Time) bool { return e.until.IsZero() || now.Before(e.until) }

// form gives the page in the coding, compressing it if nobody has asked before.
// A page that does not shrink has its plain form for every coding.
func (s *Store) form(e *entry, c coding) *form {
	if f := e.forms[c].Load(); f != nil {
		return f
	}
	e.packing.Lock()
	defer e.packing.Unlock()
	if f := e.forms[c].Load(); f != nil {
		return f
	}
	f := e.whole()
	if c == plain {
		e.forms[c].Store(f)
		s.grow(e, int64(len(f.body)))
		return f
	}
	if packed := pack(f.body, c); len(packed) < len(f.body) {
		f = newForm(packed, c)
		e.forms[c].Store(f)
		s.grow(e, int64(len(packed))-e.lay())
		return f
	}
	e.forms[c].Store(f)
	return f
}

// whole is the page as it was rendered.
func (e *entry) whole() *form {
	var f *form
	for c := range codings {
		if f = e.forms[c].Load(); f == nil {
			continue
		}
		if f.encoding != nil {
			f = newForm(unpack(f.body, c), plain)
		}
		break
	}
	return f
}

// lay drops the plain form, which weighs several times what a packed one does
// and which hardly any reader asks for, and gives its size. Whoever does ask
// has it unpacked.
func (e *entry) lay() int64 {
	f := e.forms[plain].Load()
	for c := plain + 1; c < codings; c++ {
		if e.forms[c].Load() == f {
			return 0 // another coding's too
		}
	}
	if f == nil {
		return 0
	}
	e.forms[plain].Store(nil)
	return int64(len(f.body))
}

// write answers with the form, or with 304 when the reader has it already.
func (e *entry) write(w http.ResponseWriter, r *http.Request, f *form) {
	h := w.Header()
	h["Vary"] = varyCoding
	h["Cache-Control"] = e.control
	if e.tagged {
		h["Etag"] = f.tag
		if has(r.Header["If-None-Match"], f.tag[0]) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h["Content-Type"] = e.contentType
	h["Content-Length"] = f.length
	if f.encoding != nil {
		h["Content-Encoding"] = f.encoding
	}
	if e.status != http.StatusOK {
		w.WriteHeader(e.status)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body)
	}
}
