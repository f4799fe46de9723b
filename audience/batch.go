package audience

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// BatchKind is what the codes of a batch are for.
type BatchKind string

// The kinds of batches.
const (
	Partner BatchKind = "partner" // given out by somebody else, each for one reader
	Gift    BatchKind = "gift"    // bought one by one, for somebody else
	Pool    BatchKind = "pool"    // one code for many readers, until its seats are taken
)

// MostCodes is how many codes are made at a time.
const MostCodes = 5000

// mostDays bounds what a code gives.
const mostDays = 3660

// Batch is a number of codes that give the same. It counts and knows none of
// them.
type Batch struct {
	Number     int64
	Kind       BatchKind
	Name       string
	Plan       string
	Days       int
	Made, Used int // codes, or seats of a pool
	Closed     bool
	Day        string // on which it was begun: 2026-11-25
}

// Sign is how the batch's codes begin.
func (b Batch) Sign() string { return spell(uint64(b.Number), batchSigns) }

const batchColumns = `SELECT number, kind, name, plan, days, made, used, closed, day FROM code_batch`

func scanBatch(row db.Scanner) (Batch, error) {
	var b Batch
	err := row.Scan(&b.Number, &b.Kind, &b.Name, &b.Plan, &b.Days, &b.Made, &b.Used, &b.Closed, &b.Day)
	if errors.Is(err, sql.ErrNoRows) {
		return Batch{}, fault.NotFound("the codes")
	}
	if err != nil {
		return Batch{}, fault.Internal("read a batch of codes", err)
	}
	return b, nil
}

// Batches are all batches, those that are open first.
func (s *Store) Batches(ctx context.Context) ([]Batch, error) {
	rows, err := s.db.Query(ctx, batchColumns+` ORDER BY closed, day DESC, name, number`)
	if err != nil {
		return nil, fault.Internal("read the batches of codes", err)
	}
	return db.Collect(rows, "read the batches of codes", scanBatch)
}

// Batch is one batch; NotFound.
func (s *Store) Batch(ctx context.Context, number int64) (Batch, error) {
	return scanBatch(s.db.QueryRow(ctx, batchColumns+` WHERE number = ?1`, number))
}

// newBatch keeps a batch under a number that is free.
func (s *Store) newBatch(ctx context.Context, tx *db.Tx, b Batch) (Batch, error) {
	if b.Plan == "" {
		return Batch{}, fault.Invalid("plan", "codes open a plan")
	}
	if b.Days < 1 || b.Days > mostDays {
		return Batch{}, fault.Invalid("days", "a code gives from 1 to %d days", mostDays)
	}
	if b.Kind != Gift {
		b.Day = s.now().UTC().Format(time.DateOnly)
	}
	for {
		b.Number = int64(chance(5 * batchSigns))
		done, err := tx.Exec(ctx, `INSERT INTO code_batch (number, kind, name, plan, days, made, used, closed, day)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7) ON CONFLICT (number) DO NOTHING`,
			b.Number, string(b.Kind), b.Name, b.Plan, b.Days, b.Made, b.Day)
		if err != nil {
			return Batch{}, fault.Internal("begin a batch of codes", err)
		}
		if n, err := done.RowsAffected(); err != nil || n > 0 {
			return b, err
		}
	}
}

// NewPartner begins a batch and makes its codes, which are told this once.
func (s *Store) NewPartner(ctx context.Context, tx *db.Tx, name, plan string, days, count int) (Batch, []string, error) {
	if name = strings.TrimSpace(name); name == "" {
		return Batch{}, nil, fault.Invalid("name", "codes are found again by a name")
	}
	if count < 1 || count > MostCodes {
		return Batch{}, nil, fault.Invalid("count", "from 1 to %d codes are made at a time", MostCodes)
	}
	b, err := s.newBatch(ctx, tx, Batch{Kind: Partner, Name: name, Plan: plan, Days: days, Made: count})
	if err != nil {
		return Batch{}, nil, err
	}
	key, err := s.subkeyIn(ctx, tx, codesPurpose)
	if err != nil {
		return Batch{}, nil, err
	}
	return b, mint(key, b.Number, count), nil
}

// NewPool begins a pool of seats that somebody pays for.
func (s *Store) NewPool(ctx context.Context, tx *db.Tx, name, plan string, days, seats int) (Batch, error) {
	if name = strings.TrimSpace(name); name == "" {
		return Batch{}, fault.Invalid("name", "seats are found again by a name")
	}
	if seats < 1 || seats > 1_000_000 {
		return Batch{}, fault.Invalid("count", "a pool has from 1 to 1,000,000 seats")
	}
	return s.newBatch(ctx, tx, Batch{Kind: Pool, Name: name, Plan: plan, Days: days, Made: seats})
}

// PoolCode is the code that the readers of a pool share. It follows from the
// pool, so that it can be told again.
func (s *Store) PoolCode(ctx context.Context, pool Batch) (string, error) {
	key, err := s.codeKey(ctx)
	if err != nil {
		return "", err
	}
	return pool.poolCode(key), nil
}

func (b Batch) poolCode(key []byte) string {
	note := unspell(check(key, "pool "+spell(uint64(b.Number), batchSigns)))
	return code{b.Number, note}.sign(key)
}

// MintGift makes a code that gives so many days of a plan, in the transaction
// of whoever sells it; only that one more was sold is kept.
func (s *Store) MintGift(ctx context.Context, tx *db.Tx, plan string, days int) (string, error) {
	b, err := scanBatch(tx.QueryRow(ctx, batchColumns+` WHERE kind = 'gift' AND plan = ?1 AND days = ?2`, plan, days))
	if fault.Is(err, fault.KindNotFound) {
		b, err = s.newBatch(ctx, tx, Batch{Kind: Gift, Plan: plan, Days: days})
	}
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, `UPDATE code_batch SET made = made + 1 WHERE number = ?1`, b.Number); err != nil {
		return "", fault.Internal("count a gift", err)
	}
	key, err := s.subkeyIn(ctx, tx, codesPurpose)
	if err != nil {
		return "", err
	}
	return mint(key, b.Number, 1)[0], nil
}

// CloseBatch ends what is left of a batch, or opens it again. What has been
// used stays with its readers.
func (s *Store) CloseBatch(ctx context.Context, tx *db.Tx, number int64, closed bool) error {
	done, err := tx.Exec(ctx, `UPDATE code_batch SET closed = ?2 WHERE number = ?1`, number, closed)
	if err != nil {
		return fault.Internal("close a batch of codes", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.NotFound("the codes"), err)
	}
	return nil
}
