package story

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Filter chooses stories for the desk; its zero value is every story.
type Filter struct {
	States   []State   // any of them; none is all
	IDs      []ID      // any of them; none is all
	Lang     Lang      // "" is every language
	Words    string    // each stands in the headline or the slug
	Found    []ID      // these are let through whatever the words
	Section  string    // id; "" is any
	Desk     string    // id; "" is any. The first desk also has stories that name none
	Person   string    // id of who began it or wrote it last; "" is anybody
	Assigned string    // id of whose turn it is; "" is anybody
	From     time.Time // not changed before; zero is no bound
	Until    time.Time // changed before; zero is no bound
	Offset   int
	Limit    int // 0 is 100

	FirstDesk bool // Desk is the first
}

// brief is a story without its text, as the table of stories alone has it.
const brief = `SELECT ` + standing + `, s.author, s.facts FROM story s LEFT JOIN story o ON o.id = s.origin`

// List reads stories without their bodies, the last changed first.
func (s *Store) List(ctx context.Context, f Filter) ([]Story, error) {
	if f.Limit <= 0 {
		f.Limit = 100
	}
	if len(f.States) == 0 {
		f.States = States()
	}
	q := &query{}
	limit, offset, reach := q.arg(f.Limit), q.arg(f.Offset), q.arg(f.Offset+f.Limit)
	where := f.where(q)
	var each []string
	for i, st := range f.States {
		each = append(each, fmt.Sprintf(`SELECT * FROM (SELECT id, changed, number FROM story WHERE state = %s%s
			ORDER BY changed DESC, number DESC LIMIT %s) AS s%d`, q.arg(string(st)), where, reach, i))
	}
	return s.many(ctx, brief+` JOIN (SELECT id FROM (`+strings.Join(each, " UNION ALL ")+`) AS u
		ORDER BY changed DESC, number DESC LIMIT `+limit+` OFFSET `+offset+`) AS t ON t.id = s.id
		ORDER BY s.changed DESC, s.number DESC`, q.args...)
}

// query gathers the arguments of a statement that is put together.
type query struct{ args []any }

func (q *query) arg(value any) string {
	q.args = append(q.args, value)
	return fmt.Sprintf("?%d", len(q.args))
}

// list is a list of ids. It is filled up to one of few lengths, for each length
// is a statement of its own.
func list[T ~string](q *query, ids []T) string {
	var all []string
	for len(all) < len(ids) || len(all)%16 != 0 {
		all = append(all, q.arg(string(ids[min(len(all), len(ids)-1)])))
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// where is what the filter asks beside the state.
func (f Filter) where(q *query) string {
	var b strings.Builder
	and := func(condition string) { b.WriteString(" AND " + condition) }
	if len(f.IDs) > 0 {
		and("id IN " + list(q, f.IDs))
	}
	if f.Lang != "" {
		and("lang = " + q.arg(string(f.Lang)))
	}
	if titled := f.titled(q); titled != "" {
		and(titled)
	}
	if f.Section != "" {
		and("sections LIKE " + q.arg("% "+escaped(f.Section)+" %") + ` ESCAPE '\'`)
	}
	if f.Desk != "" && f.FirstDesk {
		and("desk IN ('', " + q.arg(f.Desk) + ")")
	} else if f.Desk != "" {
		and("desk = " + q.arg(f.Desk))
	}
	if f.Person != "" {
		person := q.arg(f.Person)
		and("(writer = " + person + " OR author = " + person + ")")
	}
	if f.Assigned != "" {
		and("assigned = " + q.arg(f.Assigned))
	}
	if !f.From.IsZero() {
		and("changed >= " + q.arg(db.Millis(f.From)))
	}
	if !f.Until.IsZero() {
		and("changed < " + q.arg(db.Millis(f.Until)))
	}
	return b.String()
}

// titled asks for the words, unless the story is found already.
func (f Filter) titled(q *query) string {
	var all []string
	for word := range strings.FieldsSeq(strings.ToLower(legible(f.Words))) {
		all = append(all, "title LIKE "+q.arg("%"+escaped(word)+"%")+` ESCAPE '\'`)
	}
	words := strings.Join(all, " AND ")
	if words == "" || len(f.Found) == 0 {
		return words
	}
	return "(" + words + " OR id IN " + list(q, f.Found) + ")"
}

// legible leaves out what no text of the tables can hold.
func legible(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
}

// escaped is a word that LIKE takes as it stands.
func escaped(word string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(word)
}

// Sibling is a story of a language group as a list shows it: its language and
// how far it is.
type Sibling struct {
	ID    ID
	Lang  Lang
	State State
}

// Siblings reads what exists of each of the groups, in order of language.
func (s *Store) Siblings(ctx context.Context, groups []Group) (map[Group][]Sibling, error) {
	all := map[Group][]Sibling{}
	if len(groups) == 0 {
		return all, nil
	}
	q := &query{}
	rows, err := s.db.Query(ctx, `SELECT grp, id, lang, state FROM story WHERE grp IN `+list(q, groups)+` ORDER BY grp, lang`, q.args...)
	if err != nil {
		return nil, fault.Internal("list the languages", err)
	}
	return all, each(rows, func() error {
		var g Group
		var sibling Sibling
		err := rows.Scan(&g, &sibling.ID, &sibling.Lang, &sibling.State)
		all[g] = append(all[g], sibling)
		return err
	})
}

// atOnce is how many stories Refresh takes in one transaction.
const atOnce = 200

// Refresh writes what lists and gates show of stories that have been kept since
// before they read it from there, and says how many they were.
func (s *Store) Refresh(ctx context.Context) (n int, err error) {
	for {
		found, err := s.many(ctx, columns+` WHERE s.facts = '' LIMIT ?1`, atOnce)
		if err != nil || len(found) == 0 {
			return n, err
		}
		err = s.db.Do(ctx, func(tx *db.Tx) error {
			for _, st := range found {
				facts, err := st.facts()
				if err != nil {
					return err
				}
				_, err = tx.Exec(ctx, `UPDATE story SET facts = ?3, title = ?4, sections = ?5, author = ?6
					WHERE id = ?1 AND revision = ?2`,
					string(st.ID), st.Revision, facts, st.title(), spaced(st.Content.Sections), st.By)
				if err != nil {
					return fault.Internal("write a story's facts", err)
				}
				if err := measure(ctx, tx, st); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
		n += len(found)
	}
}

// facts is the content as lists need it, without its body.
func (st Story) facts() (string, error) {
	c := st.Content
	c.Body = Body{}
	data, err := json.Marshal(c)
	if err != nil {
		return "", fault.Internal("write a story's facts", err)
	}
	return string(data), nil
}

// spaced is a list of ids as a search finds each of them.
func spaced(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " " + strings.Join(ids, " ") + " "
}
