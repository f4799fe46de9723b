package portal

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/clients"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
)

const followURL = "/wire/follows"

// usualHours are those of letters about what is followed, until its owner names
// others.
const usualHours clients.Alert = "8 13 18"

// asFeed is what somebody chooses who wants no letters but an address.
const asFeed = "feed"

// mostNamed bounds the names beside a story, mostMeant those above a search.
const (
	mostNamed = 12
	mostMeant = 3
)

// named is somebody, a place or a topic that the register knows, to be followed.
type named struct {
	ID, Name, Kind string
	Kept           string // address of the search that follows; "" is none
}

// follows are the names that may be followed from a page, and how.
type follows struct {
	Named   []named
	Ways    []option
	visit   *visit
	heading string
}

// T is a sentence in the page's language.
func (f follows) T(id string, args ...any) string { return f.visit.T(id, args...) }

// Title is what stands above the names.
func (f follows) Title() string { return f.visit.T(f.heading) }

// book is the register as it stands; nil where there is none.
func (v *visit) book(ctx context.Context) (*register.Book, error) {
	if v.Clients.Register == nil {
		return nil, nil
	}
	return v.Clients.Register.Book(ctx)
}

// namedIn are the topics of a story, and the people and places whom the viewer's
// part of it names.
func (v *visit) namedIn(ctx context.Context, r reveal.Rendition) (follows, error) {
	book, err := v.book(ctx)
	if err != nil || book == nil {
		return follows{}, err
	}
	text := register.Text{Lang: r.Lang(), Paragraphs: []string{r.Headline()}}
	for _, n := range r.Blocks() {
		text.Paragraphs = append(text.Paragraphs, record.Prose(n))
	}
	return v.follows(ctx, book, "named", append(book.Public(r.Topics()), book.Named(text)...), mostNamed)
}

// plainWords are words of a search that may be a name and nothing else.
var plainWords = regexp.MustCompile(`^(?:(person|place|topic):)?["“”„«»]?([^"“”„«»:()*]+)["“”„«»]?$`)

// meant are those whom, or the topics which, the words of a search may name.
func (v *visit) meant(ctx context.Context, s clients.Search) (follows, error) {
	book, err := v.book(ctx)
	typed := plainWords.FindStringSubmatch(strings.Join(s.Words, " "))
	if err != nil || book == nil || typed == nil {
		return follows{}, err
	}
	return v.follows(ctx, book, "meant", book.Find(register.Kind(typed[1]), typed[2]), mostMeant)
}

// follows leaves of some entries those whom everybody may know of.
func (v *visit) follows(ctx context.Context, book *register.Book, heading string, some []register.Entry, most int) (follows, error) {
	some = slices.DeleteFunc(slices.Clone(some), func(e register.Entry) bool { return !e.Public })
	if len(some) == 0 {
		return follows{}, nil
	}
	kept, err := v.Clients.Searches(ctx, v.seat.ID)
	if err != nil {
		return follows{}, err
	}
	f := follows{visit: v, heading: heading, Ways: v.ways()}
	for _, e := range some[:min(len(some), most)] {
		one := named{ID: string(e.ID), Name: e.Name(story.Lang(v.lang)), Kind: v.T("kind-" + string(e.Kind))}
		for _, s := range kept {
			if clients.Follows(s.Search, e, book) {
				one.Kept = keptAt(s.ID)
			}
		}
		f.Named = append(f.Named, one)
	}
	return f, nil
}

// ways are those in which somebody may be told of what they follow.
func (v *visit) ways() []option {
	if v.Mail == nil {
		return []option{{asFeed, v.T("follow-feed"), true}}
	}
	return []option{{string(clients.AtOnce), v.T("follow-now"), true}, {string(usualHours), v.T("follow-hours"), false}, {asFeed, v.T("follow-feed"), false}}
}

// keptAt is where a search stands among those that its owner keeps.
func keptAt(id string) string { return searchesURL + "#search-" + id }

// keepNamed keeps the search for somebody, a place or a topic, with its letters or
// its feed.
func (p *Portal) keepNamed(w http.ResponseWriter, v *visit) error {
	ctx, way := v.r.Context(), v.r.PostFormValue("way")
	e, err := v.known(ctx, v.r.PostFormValue("entry"))
	if err != nil {
		return err
	}
	alert := clients.Alert("")
	if way != asFeed {
		if alert, err = clients.ReadAlert(way); err != nil {
			return err
		}
	}
	head, err := v.head(ctx)
	if err != nil {
		return err
	}
	kept, fresh, err := p.Clients.Follow(ctx, v.seat.ID, e, e.Name(story.Lang(v.lang)), alert, head, v.local(v.now))
	if err != nil {
		return err
	}
	if fresh && way == asFeed {
		token, err := p.Clients.OpenFeed(ctx, v.seat.ID, kept.ID)
		if err != nil {
			return err
		}
		return p.showSearches(w, v, http.StatusOK, searchesPage{}, kept.ID, token)
	}
	http.Redirect(w, v.r, searchesURL+"?done=follow#search-"+kept.ID, http.StatusSeeOther)
	return nil
}

// known is an entry of the register that everybody may know of; NotFound.
func (v *visit) known(ctx context.Context, id string) (register.Entry, error) {
	book, err := v.book(ctx)
	if err != nil {
		return register.Entry{}, err
	}
	if book != nil {
		if e, ok := book.Get(register.ID(id)); ok && e.Public {
			return e, nil
		}
	}
	return register.Entry{}, fault.NotFound("the entry of the register")
}
