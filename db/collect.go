package db

import (
	"database/sql"

	"wireroom/fault"
)

// Scanner is a row that can be read into places.
type Scanner interface{ Scan(into ...any) error }

// Collect reads each row by scan and closes rows. The first error of scan is
// given as it is; what names the act should reading itself fail.
func Collect[T any](rows *sql.Rows, what string, scan func(Scanner) (T, error)) ([]T, error) {
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal(what, err)
	}
	return all, nil
}
