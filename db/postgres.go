package db

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"wireroom/fault"
)

const (
	// pgWriters is more than one only so that the next transaction is at the
	// door when the one before ends.
	pgWriters = 4
	pgReaders = 8
)

func openPostgres(ctx context.Context, address string, version int64) (*DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fault.Internal("database address", err)
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "wireroom"
	}
	write := pgPool(config, pgWriters, "off")
	if err := migrate(ctx, Postgres, write, version); err != nil {
		write.Close()
		return nil, err
	}
	d := &DB{engine: Postgres, write: write, read: pgPool(config, pgReaders, "on")}
	d.ears = listen(config, &d.wakes)
	return d, nil
}

// pgPool gives writers and readers pools of their own: a transaction that
// also reads outside itself must never wait for those that wait for it.
func pgPool(config *pgx.ConnConfig, size int, readOnly string) *sql.DB {
	c := config.Copy()
	c.RuntimeParams["default_transaction_read_only"] = readOnly
	pool := stdlib.OpenDB(*c)
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool
}
