package agency

import (
	"context"
	"fmt"
	"io"

	"wireroom/db"
	"wireroom/fault"
)

// eachRow gives every row of a table. The values are int64, string or nil, as
// on either engine; they are good until the next row.
func eachRow(ctx context.Context, q db.Reader, table string, fn func(columns []string, values []any) error) (int64, error) {
	rows, err := q.Query(ctx, "SELECT * FROM "+table)
	if err != nil {
		return 0, fault.Internal("reading table "+table, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, fault.Internal("reading table "+table, err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	var n int64
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, fault.Internal("reading table "+table, err)
		}
		for i, v := range values {
			if values[i], err = portable(v); err != nil {
				return n, fault.Internal(fmt.Sprintf("reading %s.%s", table, columns[i]), err)
			}
		}
		if err := fn(columns, values); err != nil {
			return n, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return n, fault.Internal("reading table "+table, err)
	}
	return n, nil
}

// portable is a value as either engine would give it.
func portable(v any) (any, error) {
	switch v := v.(type) {
	case nil, int64, string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return nil, fmt.Errorf("a value of an unknown kind, %T", v)
}

func (a *Agency) countPictures(ctx context.Context) (n int64, err error) {
	err = a.Pictures.Walk(ctx, func(string, io.Reader) error { n++; return nil })
	return n, err
}
