package ticker

import (
	"net/url"
	"strconv"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/wire"
)

const (
	usualLimit = 50
	mostLimit  = 200
	// mostLooked bounds the records that one request looks through.
	mostLooked = 2000
)

// filter is what a client asks for among what it may have, and where its page
// begins.
type filter struct {
	clients.Search
	after  wire.Number
	before wire.Number // of a feed; 0 is from the newest
	limit  int
}

var listParameters = []parameter{
	{"after", "query", "integer", "The number on the wire after which to begin; 0 is the beginning. Without it atom, rss and jsonfeed have the newest first, each story once."},
	{"before", "query", "integer", "For atom, rss and jsonfeed: the number on the wire before which to begin; without it the newest."},
	{"limit", "query", "integer", "How many records at most, 1 to 200; 50 unless you say otherwise."},
	{"language", "query", "string", "Languages, with commas between: en,be."},
	{"section", "query", "string", "Sections, with commas between: politics,economy."},
	{"urgency", "query", "integer", "The least urgent that you want, 1 to 9; 1 is a flash."},
	{"since", "query", "string", "Nothing sent before: 2024-10-25T14:20:00Z."},
	{"q", "query", "string", "A query as the archive takes it: words and names in any form and spelling, \"phrases\", AND, OR, NOT, NEAR, a star for any ending, and filters such as person:, place:, section: and since:."},
	formatParameter,
}

func readFilter(q url.Values) (f filter, err error) {
	if f.Search, err = clients.ReadSearch(q); err != nil {
		return f, err
	}
	whole := func(name string, least, most, usual int) int {
		s := q.Get(name)
		if s == "" {
			return usual
		}
		n, wrong := strconv.Atoi(s)
		if (wrong != nil || n < least || n > most) && err == nil {
			err = fault.Invalid(name, "%s is a number from %d to %d, not %.40q", name, least, most, s)
		}
		return n
	}
	f.after = wire.Number(whole("after", 0, 1<<53, 0))
	f.before = wire.Number(whole("before", 0, 1<<53, 0))
	f.limit = whole("limit", 1, mostLimit, usualLimit)
	return f, err
}
