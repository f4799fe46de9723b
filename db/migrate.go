package db

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"wireroom/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Latest is the version of the tables that this program works with: the number
// of the last migration.
func Latest() int64 {
	var last int64
	names, _ := fs.Glob(migrations, "migrations/*.sql")
	for _, name := range names {
		if n, err := goose.NumericComponent(name); err == nil {
			last = max(last, n)
		}
	}
	return last
}

// Upgrade brings the tables up to date after OpenAt.
func (d *DB) Upgrade(ctx context.Context) error { return migrate(ctx, d.engine, d.write, Latest()) }

// Version is that of the tables as q sees them.
func (d *DB) Version(ctx context.Context, q Reader) (n int64, err error) {
	if err := q.QueryRow(ctx, "SELECT MAX(version_id) FROM goose_db_version").Scan(&n); err != nil {
		return 0, fault.Internal("reading the version of the tables", err)
	}
	return n, nil
}

// migrate brings the tables up to a version. On PostgreSQL a lock of the server
// lets several machines start at once.
func migrate(ctx context.Context, e Engine, pool *sql.DB, version int64) error {
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if e == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return fault.Internal("the lock for migrations", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fault.Internal("the migrations", err)
	}
	provider, err := goose.NewProvider(dialect, pool, files, options...)
	if err != nil {
		return fault.Internal("the migrations", err)
	}
	// Two programs may start at once on one SQLite file: a step fails for the
	// one that comes to it second, which then looks again at what is left.
	for tries := len(provider.ListSources()); ; tries-- {
		_, err := provider.UpTo(ctx, version)
		if err == nil {
			return nil
		}
		if tries == 0 || ctx.Err() != nil {
			return fault.Internal("bringing the tables up to date", err)
		}
	}
}
