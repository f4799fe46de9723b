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

// migrate brings the tables up to date. On PostgreSQL a lock of the server
// lets several machines start at once.
func migrate(ctx context.Context, e Engine, pool *sql.DB) error {
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
		_, err := provider.Up(ctx)
		if err == nil {
			return nil
		}
		if tries == 0 || ctx.Err() != nil {
			return fault.Internal("bringing the tables up to date", err)
		}
	}
}
