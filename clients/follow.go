package clients

import (
	"context"
	"slices"
	"strings"
	"time"

	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/wire"
)

// unquoted takes away the marks that would end a name within a search.
var unquoted = strings.NewReplacer(`"`, " ", "“", " ", "”", " ", "„", " ", "«", " ", "»", " ")

// For is the search for whoever or whatever an entry of the register is, by one
// of its names.
func For(e register.Entry, name string) Search {
	if e.Kind == register.Topic {
		return Search{Words: []string{"topic:" + e.Slug}} // an address leads there whatever it is called
	}
	return Search{Words: strings.Fields(string(e.Kind) + `:"` + unquoted.Replace(name) + `"`)}
}

// Follows reports whether a search is one for the entry of a book and for nothing
// else.
func Follows(s Search, e register.Entry, book *register.Book) bool {
	asks := s.Query().Encode()
	if e.Kind != register.Topic {
		return slices.ContainsFunc(e.Spellings(), func(name string) bool { return For(e, name).Query().Encode() == asks })
	}
	address, ok := strings.CutPrefix(strings.Join(s.Words, " "), "topic:")
	at, known := book.At(register.Topic, address) // perhaps one of before
	return ok && known && at.ID == e.ID && Search{Words: s.Words}.Query().Encode() == asks
}

// Follow keeps the search for an entry of the register by a name, with when its
// seat is told of what it finds; what stands on the wire by then, up to head, is
// no news. A seat that follows it already does so by the same search, which is
// not new then. local is now where the agency is.
func (s *Store) Follow(ctx context.Context, seat string, e register.Entry, name string, a Alert, head wire.Number, local time.Time) (kept Saved, fresh bool, err error) {
	all, err := s.Searches(ctx, seat)
	if err != nil {
		return Saved{}, false, err
	}
	book, err := s.Register.Book(ctx)
	if err != nil {
		return Saved{}, false, err
	}
	for _, one := range all {
		if Follows(one.Search, e, book) {
			return one, false, nil
		}
	}
	kept = Saved{ID: db.NewID(), Seat: seat, Name: name, Search: For(e, name), Alert: a, told: head}
	return kept, true, s.keep(ctx, kept, a.Next(local))
}
