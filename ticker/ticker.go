package ticker

import (
	"embed"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/ticker/tape"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

//go:embed pages assets words
var files embed.FS

// Options are what the ticker is built from.
type Options struct {
	Clients   *clients.Store
	Door      *reveal.Door
	Wire      *wire.Wire
	Masthead  func() masthead.Masthead
	Pictures  *media.Store // nil is none
	Now       func() time.Time
	Log       *slog.Logger
	Staff     *staff.Store
	Mail      *mail.Post                                 // carries letters; nil is nobody
	Endpoints *push.Store                                // whose deliveries are confirmed by an address in them; nil is none
	Arrived   func(at time.Time, records ...wire.Record) // hears what the stream has sent; nil is nobody
}

// Ticker answers clients.
type Ticker struct {
	Options
	pace   pace
	tape   *tape.Tape
	ahead  ahead
	words  *words.Words
	assets *web.Assets
	pages  *web.Pages

	mu     sync.Mutex
	strips map[string]*strip // by what they give
	visits int64             // how often one of them was asked for
	at     wire.Number       // as far as the strips have come
	begun  bool              // at is known

	counted time.Time // when it was noted how long lines had stood open
}

// New builds the ticker. It panics on a broken template or a missing sentence,
// which are mistakes in the program.
func New(opt Options) *Ticker {
	t := &Ticker{Options: opt, strips: map[string]*strip{}}
	t.pace = pace{now: opt.Now, count: map[string]int{}}
	t.tape = tape.New(limits, opt.Now)
	t.tape.TooSlow = farewell("slow", "The line could not take what was sent. Connect again with Last-Event-ID.")
	t.dress()
	return t
}

// Prefix is where all addresses of clients begin.
const Prefix = "/wire/"

const (
	itemsURL   = "/wire/v1/items"
	itemURL    = itemsURL + "/{id}"
	pictureURL = itemURL + "/pictures/{picture}/{width}"
	streamURL  = "/wire/v1/stream"
	receiptURL = "/wire/v1/receipts"
	openAPIURL = "/wire/v1/openapi.json"
	docsURL    = "/wire/docs"
	letterURL  = "/wire/receipts/{token}"
)

// Routes is the table of the ticker's addresses.
func (t *Ticker) Routes() []web.Route {
	var table []web.Route
	for _, e := range t.entries() {
		table = append(table, web.Route{Method: e.method, Pattern: e.pattern, Who: web.Client, Handler: t.admit(e.handler), MaxBody: 64 << 10})
	}
	return append(table,
		web.Route{Method: http.MethodGet, Pattern: openAPIURL, Who: web.Anyone, Handler: t.openAPI},
		web.Route{Method: http.MethodGet, Pattern: docsURL, Who: web.Anyone, Handler: t.docs},
		web.Route{Method: http.MethodGet, Pattern: "/assets/wire/{file}", Who: web.Anyone, Handler: t.asset},
		web.Route{Method: http.MethodGet, Pattern: letterURL, Who: web.Anyone, Handler: t.letter},
		web.Route{Method: http.MethodPost, Pattern: letterURL, Who: web.Anyone, Handler: t.confirmLetter},
	)
}

// entry is an address for clients' machines: what it does, and what its
// description says of it.
type entry struct {
	method, pattern string
	handler         handler
	says            string
	takes           []parameter
	gives           []answer
	body            string // name of the schema that is sent; "" is none
}

func (t *Ticker) entries() []entry {
	return []entry{
		{method: http.MethodGet, pattern: itemsURL, handler: t.items, takes: listParameters,
			says:  "Lists what went out after a number of the wire, in order. Follow next until more is false, then ask again.",
			gives: []answer{{200, "A page of the wire.", "Page"}, badRequest}},
		{method: http.MethodGet, pattern: itemURL, handler: t.item, takes: []parameter{pathID, formatParameter},
			says:  "Gives a story as it is now, with its releases and its versions in other languages.",
			gives: []answer{{200, "The story.", "Story"}, badRequest, notFound}},
		{method: http.MethodGet, pattern: pictureURL, handler: t.picture, takes: []parameter{pathID, pathPicture, pathWidth},
			says:  "Gives a picture of a story in one of its widths.",
			gives: []answer{{200, "The picture.", ""}, notFound}},
		{method: http.MethodGet, pattern: streamURL, handler: t.stream, takes: streamParameters,
			says:  "Sends each release as it goes out, as server-sent events whose id is the number on the wire.",
			gives: []answer{{200, "The stream.", "stream"}, badRequest}},
		{method: http.MethodPost, pattern: receiptURL, handler: t.receipt, body: "Receipt",
			says:  "Confirms that a correction, a hold or a kill has reached your people.",
			gives: []answer{{200, "The receipt is noted.", "Receipt"}, badRequest, notFound}},
	}
}
