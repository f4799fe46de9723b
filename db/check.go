package db

import (
	"context"
	"fmt"

	"wireroom/fault"
)

// Check asks the engine whether the database is whole, and names the first
// thing that is not. PostgreSQL watches over its own pages; there, and here,
// whoever reads every row learns the rest.
func (d *DB) Check(ctx context.Context) error {
	if d.engine == Postgres {
		return nil
	}
	var said string
	if err := d.read.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said); err != nil {
		return fault.Internal("checking the database", err)
	}
	if said != "ok" {
		return fault.Internal("checking the database", fmt.Errorf("it is damaged: %s", said))
	}
	return d.checkReferences(ctx)
}

func (d *DB) checkReferences(ctx context.Context) error {
	rows, err := d.read.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return fault.Internal("checking the database", err)
	}
	defer rows.Close()
	if rows.Next() {
		var table, parent string
		var row, key any
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return fault.Internal("checking the database", err)
		}
		return fault.Internal("checking the database", fmt.Errorf("row %v of %s refers to a row of %s that is not there", row, table, parent))
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("checking the database", err)
	}
	return nil
}
