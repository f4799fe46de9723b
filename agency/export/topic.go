package export

import (
	"context"
	_ "embed" // the list of topics
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"wireroom/db"
	"wireroom/fault"
)

//go:embed topics.toml
var listed string

// topic is what becomes of a table.
type topic struct {
	Table   string `toml:"-"`
	File    string // where its rows go, without the ending; "" is nowhere
	Says    string
	Key     string
	Columns string
	Only    string
	Left    string
	Readers bool

	columns []column
	key     []column
}

// topics are all that are declared, by table.
var topics = sync.OnceValue(func() map[string]*topic {
	all, err := declared(listed)
	if err != nil {
		panic(err) // the list is a part of the program
	}
	return all
})

func declared(list string) (map[string]*topic, error) {
	all := map[string]*topic{}
	known, err := toml.Decode(list, &all)
	if err != nil {
		return nil, err
	}
	if odd := known.Undecoded(); len(odd) > 0 {
		return nil, fmt.Errorf("%s means nothing", odd[0])
	}
	files := map[string]string{}
	for _, table := range slices.Sorted(maps.Keys(all)) {
		t := all[table]
		t.Table = table
		if err := t.parse(); err != nil {
			return nil, fmt.Errorf("table %s: %w", table, err)
		}
		if other := files[t.File]; t.File != "" && other != "" {
			return nil, fmt.Errorf("tables %s and %s go to one file", table, other)
		}
		files[t.File] = table
	}
	return all, nil
}

func (t *topic) parse() error {
	if t.File == "" {
		if t.Left == "" || t.Columns != "" {
			return fmt.Errorf("it has neither a file nor a reason to stay")
		}
		return nil
	}
	if t.Says == "" || t.Key == "" {
		return fmt.Errorf("it lacks what it says or its key")
	}
	left := false
	for _, word := range strings.Fields(t.Columns) {
		c, err := parseColumn(word)
		if err != nil {
			return err
		}
		t.columns, left = append(t.columns, c), left || c.left
	}
	if left && t.Left == "" {
		return fmt.Errorf("columns stay, and it does not say why")
	}
	for _, name := range strings.Fields(t.Key) {
		i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
		if i < 0 {
			return fmt.Errorf("the key %s is no column", name)
		}
		t.key = append(t.key, t.columns[i])
	}
	return nil
}

// name is that of the topic's file in the export.
func (t *topic) name() string { return t.File + lineEnding }

// sent are the columns that stand in a line.
func (t *topic) sent() []column {
	return slices.DeleteFunc(slices.Clone(t.columns), func(c column) bool { return c.left })
}

// Declared is an error unless agency/export/topics.toml says of each table and
// each column either where it goes or why it stays.
func Declared(ctx context.Context, d *db.DB, q db.Reader) error {
	there, err := d.TablesAt(ctx, q)
	if err != nil {
		return err
	}
	var wrong []error
	for _, table := range there {
		columns, err := columnsAt(ctx, q, table)
		if err != nil {
			return err
		}
		wrong = append(wrong, undeclared(table, columns)...)
	}
	for table := range topics() {
		if !slices.Contains(there, table) {
			wrong = append(wrong, fmt.Errorf("there is no table %s", table))
		}
	}
	if len(wrong) > 0 {
		return fault.Internal("exporting", errors.Join(wrong...))
	}
	return nil
}

func undeclared(table string, columns []string) (wrong []error) {
	t, known := topics()[table]
	if !known {
		return []error{fmt.Errorf("table %s is not declared in agency/export/topics.toml: give it a file, or say under left why it stays (%s)",
			table, strings.Join(columns, " "))}
	}
	if t.File == "" {
		return nil
	}
	for _, name := range columns {
		if !slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }) {
			wrong = append(wrong, fmt.Errorf("column %s of table %s is not declared in agency/export/topics.toml", name, table))
		}
	}
	for _, c := range t.columns {
		if !slices.Contains(columns, c.name) {
			wrong = append(wrong, fmt.Errorf("table %s has no column %s", table, c.name))
		}
	}
	return wrong
}

func columnsAt(ctx context.Context, q db.Reader, table string) ([]string, error) {
	rows, err := q.Query(ctx, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return nil, fault.Internal("looking into table "+table, err)
	}
	columns, err := rows.Columns()
	if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return nil, fault.Internal("looking into table "+table, err)
	}
	return columns, nil
}
