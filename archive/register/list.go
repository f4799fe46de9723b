package register

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/story"
)

// Listed is an entry as a list has it.
type Listed struct {
	ID   string // tells namesakes of the list apart; "" where it says nothing
	Kind Kind
	Facts
	Line int // of its first row
}

// Flaw is what is wrong with a place of a list.
type Flaw struct {
	Line   int    `json:"line"`
	Field  string `json:"field,omitempty"` // "" is the row itself
	Reason string `json:"reason"`
}

// MaxList is how many bytes a list may have.
const MaxList = 64 << 20

// ReadList reads a list of people, places and topics: CSV in UTF-8, the cells parted
// by commas, semicolons or tabs, whose first row names the columns. kind is person,
// place or topic, a language's code the house spelling there, role_ with a code what
// somebody was from and to. Rows that share an id, or without one a spelling in a
// language, are one entry and may add roles and aliases. An error is that of r alone.
func ReadList(r io.Reader) ([]Listed, []Flaw, error) {
	whole := &io.LimitedReader{R: r, N: MaxList + 1}
	text := bufio.NewReader(whole)
	if mark, _ := text.Peek(3); string(mark) == "\ufeff" {
		_, _ = text.Discard(3)
	}
	in := csv.NewReader(text)
	in.Comma, in.FieldsPerRecord = separator(text), -1
	l := &list{byName: map[spelt][]*draft{}, byID: map[string]*draft{}}
	for {
		cells, err := in.Read()
		if whole.N == 0 {
			l.flaw(1, "", "the file is longer than %d MB; part it", MaxList>>20)
			break
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			l.flaw(max(bad.Line, 1), "", "this is no CSV: %v", bad.Err)
			break
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := in.FieldPos(0)
		if !l.take(line, cells) {
			break
		}
	}
	if l.columns == nil && len(l.flaws) == 0 {
		l.flaw(1, "", "the file is empty")
	}
	return l.listed(), l.flaws, nil
}

// separator is the one that the first row has most of.
func separator(text *bufio.Reader) rune {
	head, _ := text.Peek(4096)
	first, _, _ := strings.Cut(string(head), "\n")
	best, most := ',', strings.Count(first, ",")
	for _, c := range ";\t" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// list is what was read so far.
type list struct {
	columns []string
	drafts  []*draft
	byName  map[spelt][]*draft
	byID    map[string]*draft
	flaws   []Flaw
}

// spelt is the house spelling of an entry in a language.
type spelt struct {
	kind Kind
	lang string
	key  string
}

// draft is an entry in the making, with where each single thing was said.
type draft struct {
	Listed
	said map[string]said
}

type said struct {
	value string
	line  int
}

func (l *list) flaw(line int, field, reason string, args ...any) {
	l.flaws = append(l.flaws, Flaw{line, field, fmt.Sprintf(reason, args...)})
}

// The columns that are no language's.
const (
	inKind, inAliases, inSince, inUntil = "kind", "aliases", "since", "until"
	inFrom, inTo, inPublic, inAddress   = "from", "to", "public", "address"
	inID, inRole                        = "id", "role_"
)

var (
	fixed = []string{inID, inKind, inAliases, inSince, inUntil, inFrom, inTo, inPublic, inAddress}
	other = map[string]string{"born": inSince, "died": inUntil}
)

func isLang(column string) bool {
	return len(column) >= 2 && len(column) <= 3 && !slices.Contains(fixed, column) &&
		strings.IndexFunc(column, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// take takes a row; false means that no further one can be understood.
func (l *list) take(line int, cells []string) bool {
	for n, c := range cells {
		if !utf8.ValidString(c) {
			l.flaw(line, "", "this is not UTF-8; save the table as CSV in UTF-8")
			return false
		}
		cells[n] = plain(c)
	}
	switch {
	case l.columns == nil:
		return l.head(line, cells)
	case strings.Join(cells, "") != "":
		l.row(line, cells)
	}
	return true
}

func (l *list) head(line int, cells []string) bool {
	l.columns = []string{}
	named := false
	for _, c := range cells {
		c = strings.ToLower(c)
		if o := other[c]; o != "" {
			c = o
		}
		role, ok := strings.CutPrefix(c, inRole)
		switch {
		case c != "" && slices.Contains(l.columns, c):
			l.flaw(line, c, "two columns mean this")
		case c != "" && !slices.Contains(fixed, c) && !isLang(c) && (!ok || !isLang(role)):
			l.flaw(line, c, "there is no such column; there are %s, codes of languages such as en, and role_en", strings.Join(fixed, ", "))
		}
		named = named || isLang(c)
		l.columns = append(l.columns, c)
	}
	if !slices.Contains(l.columns, inKind) {
		l.flaw(line, inKind, "there is no such column; the first row names them")
	}
	if !named {
		l.flaw(line, "", "no column has the name of a language, such as en")
	}
	return len(l.flaws) == 0
}

// row takes a row of an entry.
func (l *list) row(line int, cells []string) {
	at := map[string]string{}
	for n, c := range cells {
		switch {
		case c == "":
		case n >= len(l.columns) || l.columns[n] == "":
			l.flaw(line, "", "cell %d has no column", n+1)
			return
		default:
			at[l.columns[n]] = c
		}
	}
	before := len(l.flaws)
	role := l.role(line, at)
	kind := Kind(strings.ToLower(at[inKind]))
	if !slices.Contains(Kinds(), kind) {
		l.flaw(line, inKind, "an entry is a person, a place or a topic, not %.50q", at[inKind])
	}
	at[inPublic] = l.public(line, at[inPublic])
	for _, field := range []string{inSince, inUntil} {
		at[field] = string(l.moment(line, field, at[field]))
	}
	if len(l.flaws) > before {
		return
	}
	if d := l.whose(line, kind, at); d != nil {
		l.say(d, line, at)
		if len(role.Texts) > 0 && !slices.ContainsFunc(d.Roles, role.Same) {
			d.Roles = append(d.Roles, role)
		}
	}
}

// role is what the row says somebody was.
func (l *list) role(line int, at map[string]string) Role {
	r := Role{Texts: map[story.Lang]string{}, From: l.moment(line, inFrom, at[inFrom]), To: l.moment(line, inTo, at[inTo])}
	for column, c := range at {
		if lang, ok := strings.CutPrefix(column, inRole); ok {
			r.Texts[story.Lang(lang)] = c
		}
	}
	if len(r.Texts) == 0 && (r.From != "" || r.To != "") {
		l.flaw(line, inRole, "a time, but no role")
	}
	if r.From != "" && r.To != "" && !r.To.last().After(r.From.First()) {
		l.flaw(line, inTo, "it ends (%s) before it begins (%s)", r.To, r.From)
	}
	return r
}

// moment reads a time, also as spreadsheets write days: 8.03.2020.
func (l *list) moment(line int, field, cell string) Moment {
	if t, err := time.Parse("2.1.2006", cell); err == nil {
		cell = t.Format(time.DateOnly)
	}
	if !Moment(cell).ok() {
		l.flaw(line, field, "a time is a year, a month or a day: 2020, 2020-03 or 2020-03-08, not %.50q", cell)
		return ""
	}
	return Moment(cell)
}

func (l *list) public(line int, cell string) string {
	switch strings.ToLower(cell) {
	case "":
		return ""
	case "yes", "true", "1", "да", "так":
		return "yes"
	case "no", "false", "0", "нет", "не":
		return "no"
	}
	l.flaw(line, inPublic, "is yes or no, not %.50q", cell)
	return ""
}

// whose is the entry that the row is of, a new one if need be: by its id, or
// without one by a name that one entry has.
func (l *list) whose(line int, kind Kind, at map[string]string) *draft {
	found := l.byID[at[inID]]
	if found != nil && found.Kind != kind {
		l.flaw(line, inID, "line %d has it for a %s", found.Line, found.Kind)
		return nil
	}
	names := spellings(kind, at)
	if at[inID] == "" {
		all := l.named(names)
		if len(all) > 1 {
			l.flaw(line, "", "its names are those of line %d and of line %d; which is it?", all[0].Line, all[1].Line)
			return nil
		}
		if len(all) == 1 {
			found = all[0]
		}
	}
	if found == nil {
		if len(names) == 0 {
			l.flaw(line, "", "write how at least one edition spells it")
			return nil
		}
		found = &draft{Listed{ID: at[inID], Kind: kind, Line: line}, map[string]said{}}
		l.drafts = append(l.drafts, found)
		if at[inID] != "" {
			l.byID[at[inID]] = found
		}
	}
	for _, s := range names {
		if !slices.Contains(l.byName[s], found) {
			l.byName[s] = append(l.byName[s], found)
		}
	}
	return found
}

func spellings(kind Kind, at map[string]string) []spelt {
	var names []spelt
	for column, c := range at {
		if isLang(column) {
			names = append(names, spelt{kind, column, nameKey(c)})
		}
	}
	return names
}

// named are the entries that have one of the names, in the order of the list.
func (l *list) named(names []spelt) []*draft {
	var all []*draft
	for _, s := range names {
		for _, d := range l.byName[s] {
			if !slices.Contains(all, d) {
				all = append(all, d)
			}
		}
	}
	slices.SortFunc(all, func(a, b *draft) int { return a.Line - b.Line })
	return all
}

// say adds to an entry what a row says of it; two rows must not say two things.
func (l *list) say(d *draft, line int, at map[string]string) {
	for _, column := range l.columns {
		c, before := at[column], d.said[column]
		single := isLang(column) || column == inSince || column == inUntil || column == inPublic || column == inAddress
		switch {
		case c == "" || !single:
		case before.value == "":
			d.said[column] = said{c, line}
		case before.value != c && !(isLang(column) && nameKey(before.value) == nameKey(c)):
			l.flaw(line, column, "%.80q here, but %.80q in line %d", c, before.value, before.line)
		}
	}
	d.Aliases = append(d.Aliases, strings.Split(at[inAliases], ";")...)
}

// listed are the entries as they were said to be.
func (l *list) listed() []Listed {
	var all []Listed
	for _, d := range l.drafts {
		d.Names = map[story.Lang]string{}
		for column, s := range d.said {
			if isLang(column) {
				d.Names[story.Lang(column)] = s.value
			}
		}
		d.Since, d.Until = Moment(d.said[inSince].value), Moment(d.said[inUntil].value)
		d.Public, d.Slug = d.said[inPublic].value == "yes", d.said[inAddress].value
		all = append(all, d.Listed)
	}
	return all
}

// nameKey is the same for a name in capitals and without marks.
func nameKey(name string) string {
	words := wordsOf(name)
	for n, w := range words {
		words[n] = fold(w)
	}
	return strings.Join(words, " ")
}
