package wire

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"wireroom/db"
	"wireroom/fault"
)

// Broken names the first record at which the chain does not hold.
type Broken struct {
	Number Number
	Why    string
}

func (b *Broken) Error() string { return fmt.Sprintf("wire record %d: %s", b.Number, b.Why) }

// sum is the record's hash: SHA-256 over all its fields and the hash before.
// Each text is led by its length, so that no two records read the same.
func (r Record) sum() string {
	h := sha256.New()
	number := func(n int64) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	text := func(s string) {
		number(int64(len(s)))
		h.Write([]byte(s))
	}
	silent := int64(0)
	if r.Silent {
		silent = 1
	}
	number(int64(r.Number))
	number(db.Millis(r.At))
	text(r.Story)
	text(r.Revision)
	number(r.Release)
	text(r.Signal)
	number(int64(r.Urgency))
	text(r.Lang)
	number(silent)
	text(r.Payload)
	text(r.Prev)
	return hex.EncodeToString(h.Sum(nil))
}

// Verify reads the whole wire and returns a *Broken for the first record that
// is missing, out of place or not what it was when it went out.
func (w *Wire) Verify(ctx context.Context) error {
	return w.db.Snapshot(ctx, func(q db.Reader) error { return verify(ctx, q) })
}

func verify(ctx context.Context, q db.Reader) error {
	last, err := walk(ctx, q)
	if err != nil {
		return err
	}
	var number Number
	var hash string
	err = q.QueryRow(ctx, "SELECT number, hash FROM wire_head WHERE id = 1").Scan(&number, &hash)
	switch {
	case err != nil:
		return fault.Internal("reading the wire's head", err)
	case number > last.Number:
		return &Broken{last.Number + 1, "it is missing"}
	case number < last.Number:
		return &Broken{number + 1, "it is beyond the wire's head"}
	case hash != last.Hash:
		return &Broken{last.Number, "it is not the one the wire's head knows"}
	}
	return nil
}

// walk checks each record against the one before and gives the last.
func walk(ctx context.Context, q db.Reader) (last Record, err error) {
	rows, err := q.Query(ctx, columns+" ORDER BY number")
	if err != nil {
		return last, fault.Internal("reading the wire", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return last, err
		}
		if err := follows(last, r); err != nil {
			return last, err
		}
		last = r
	}
	if err := rows.Err(); err != nil {
		return last, fault.Internal("reading the wire", err)
	}
	return last, nil
}

func follows(last, r Record) error {
	switch {
	case r.Number < 1:
		return &Broken{r.Number, "no record may have this number"}
	case r.Number != last.Number+1:
		return &Broken{last.Number + 1, "it is missing"}
	case r.Prev != last.Hash:
		return &Broken{r.Number, "it does not hold the hash of the one before"}
	case r.Hash != r.sum():
		return &Broken{r.Number, "it is not what it was when it went out"}
	}
	return nil
}
