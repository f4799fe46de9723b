package index

import "context"

// Shelf is one of the two places where texts stand.
type Shelf int

const (
	// Open holds what everyone may have who may know of the story.
	Open Shelf = iota
	// Shut holds the whole texts of stories that not everyone may read.
	Shut
)

// Field is a part of a text.
type Field int

// The fields.
const (
	Head  Field = iota // the headline
	Body               // the rest
	Place              // where it was written
	Marks              // section, language, year: terms that are no words
)

// Fields says which parts of a text a word may stand in; none is any.
type Fields []Field

// Text is what one shelf has of a story, as terms: each position may have
// several.
type Text struct {
	Head, Body, Place [][]string
	Marks             []string
}

// Entry is a story with its row, which is its place among all by time, and
// with what the archive wants to know of it again.
type Entry struct {
	Row   int64
	Story string
	Facts []byte
	Texts [2]*Text // by shelf; nil is none
}

// Change is what an Apply brings.
type Change struct {
	Put    []Entry
	Gone   []int64 // rows; a row of Put need not be named
	Cursor int64   // how far along the wire this brings the index
}

// Known is an entry as the archive is told of it.
type Known struct {
	Row   int64
	Seq   int64 // grows with each change of any entry
	Story string
	Facts []byte // nil when the entry is gone
}

// Search is a question to one shelf: rows from Low to High, the greatest first.
type Search struct {
	Shelf     Shelf
	What      Expr
	Low, High int64
	Limit     int
}

// Weighed is a row with how often it has each of the words asked for, counted
// by field.
type Weighed struct {
	Row    int64
	Counts [][2]int // by word: in the headline, elsewhere; nil where the engine gives a score
	Score  float64
}

// Index is one of the two engines.
type Index interface {
	// Apply brings a change in one transaction.
	Apply(ctx context.Context, c Change) error
	// Cursor is how far along the wire the index has come.
	Cursor(ctx context.Context) (int64, error)
	// Since tells of the entries that changed after seq.
	Since(ctx context.Context, seq int64) ([]Known, error)
	// Find gives the rows that match.
	Find(ctx context.Context, s Search) ([]int64, error)
	// Weigh gives them in the same order with what it takes to order them by relevance.
	Weigh(ctx context.Context, s Search) ([]Weighed, error)
	// Tidy makes the index quick to read after a great change.
	Tidy(ctx context.Context) error
	Close() error
}

// Expr is what is looked for: And, Or, Not or Words.
type Expr interface{ expr() }

// And is all of them.
type And []Expr

// Or is any of them.
type Or []Expr

// Not is Yes without No.
type Not struct{ Yes, No Expr }

// Words are words one after another, or near one another.
type Words struct {
	Fields Fields
	Steps  [][]string // for each word the terms that stand for it
	Prefix bool       // the last one is a beginning
	Near   int        // 0 is one after another
	Loose  bool       // they only sound alike, which counts for less
}

// Phrases are the words that an index counts for an expression, in the order
// of its counts.
func Phrases(e Expr) []Words {
	var all []Words
	switch e := e.(type) {
	case And:
		for _, part := range e {
			all = append(all, Phrases(part)...)
		}
	case Or:
		for _, part := range e {
			all = append(all, Phrases(part)...)
		}
	case Not:
		all = append(Phrases(e.Yes), Phrases(e.No)...)
	case Words:
		all = append(all, e)
		if e.Near > 0 {
			all = append(all, e)
		}
	}
	return all
}

func (And) expr()   {}
func (Or) expr()    {}
func (Not) expr()   {}
func (Words) expr() {}
