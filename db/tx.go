package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"wireroom/fault"
)

// tries is how often a transaction is run that loses against another.
const tries = 8

// Tx is a write transaction, good only within the function given to Do.
type Tx struct {
	tx     *sql.Tx
	engine Engine
	wakes  map[string]bool
	kept   *statements          // nil on PostgreSQL
	ready  map[string]*sql.Stmt // prepared for this transaction; nil after the first use
}

// prepared gives the statement for a query that this or an earlier transaction
// has run before, so that it is parsed once; nil for the first time and wherever
// preparing fails, for then running the query tells why.
func (tx *Tx) prepared(ctx context.Context, query string) *sql.Stmt {
	if tx.ready == nil {
		tx.ready = map[string]*sql.Stmt{}
	}
	stmt, seen := tx.ready[query]
	if !seen {
		if kept := tx.kept.ready(query); kept != nil {
			stmt = tx.tx.StmtContext(ctx, kept)
		}
		tx.ready[query] = stmt
		return stmt
	}
	if stmt == nil {
		stmt, _ = tx.tx.PrepareContext(ctx, query)
		tx.ready[query] = stmt
	}
	return stmt
}

// Do runs work in one write transaction and commits it; an error rolls it
// back and is returned as it is. Transactions run one after another. Work may
// run more than once, when the server asks for it, so it changes nothing but
// the database and its own results. Never call Do within Do, nor wait for the
// network within it.
func (d *DB) Do(ctx context.Context, work func(*Tx) error) error {
	for n := 1; ; n++ {
		err := d.attempt(ctx, work)
		if n == tries || !again(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(n) * 5 * time.Millisecond):
		}
	}
}

func (d *DB) attempt(ctx context.Context, work func(*Tx) error) error {
	d.writes.prepare(ctx)
	inner, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fault.Internal("beginning a transaction", err)
	}
	defer inner.Rollback()
	tx := &Tx{tx: inner, engine: d.engine, wakes: map[string]bool{}, kept: d.writes}
	if err := tx.queue(ctx); err != nil {
		return err
	}
	if err := work(tx); err != nil {
		return err
	}
	if err := tx.announce(ctx); err != nil {
		return err
	}
	if err := inner.Commit(); err != nil {
		return fault.Internal("committing", err)
	}
	for name := range tx.wakes {
		d.wakes.wake(name)
	}
	return nil
}

// queue makes PostgreSQL's writers come one after another, as SQLite's do:
// all of them pass by the one row of the wire's head.
func (tx *Tx) queue(ctx context.Context) error {
	if tx.engine != Postgres {
		return nil
	}
	if _, err := tx.tx.ExecContext(ctx, "SELECT 1 FROM wire_head WHERE id = 1 FOR UPDATE"); err != nil {
		return fault.Internal("waiting for the turn to write", err)
	}
	return nil
}

// announce hands the wake-ups to the server, which delivers them at commit.
func (tx *Tx) announce(ctx context.Context) error {
	if tx.engine != Postgres {
		return nil
	}
	for name := range tx.wakes {
		if _, err := tx.tx.ExecContext(ctx, "SELECT pg_notify($1, $2)", pgChannel, name); err != nil {
			return fault.Internal("announcing "+name, err)
		}
	}
	return nil
}

// Exec changes rows.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	query = tx.engine.dialect(query)
	if stmt := tx.prepared(ctx, query); stmt != nil {
		return stmt.ExecContext(ctx, plain(args)...)
	}
	return tx.tx.ExecContext(ctx, query, plain(args)...)
}

// Query reads rows as the transaction sees them.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	query = tx.engine.dialect(query)
	if stmt := tx.prepared(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, plain(args)...)
	}
	return tx.tx.QueryContext(ctx, query, plain(args)...)
}

// QueryRow reads one row as the transaction sees it.
func (tx *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	query = tx.engine.dialect(query)
	if stmt := tx.prepared(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, plain(args)...)
	}
	return tx.tx.QueryRowContext(ctx, query, plain(args)...)
}

// Notify wakes those who Listen to the channel, once the transaction is
// committed: in this process and, on PostgreSQL, on every machine.
func (tx *Tx) Notify(channel string) { tx.wakes[channel] = true }

// again says whether the server ended a transaction only because of another.
func again(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	return pg.Code == "40001" || pg.Code == "40P01"
}

// Snapshot runs look over one unchanging view of the database. It is for
// long reads, a backup or a check of the chain.
func (d *DB) Snapshot(ctx context.Context, look func(Reader) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	inner, err := d.read.BeginTx(ctx, options)
	if err != nil {
		return fault.Internal("beginning a read", err)
	}
	defer inner.Rollback()
	return look(&Tx{tx: inner, engine: d.engine})
}
