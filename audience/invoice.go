package audience

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/staff"
)

// Invoice is what a company is asked to pay. It stays as it was written.
type Invoice struct {
	Number           int64
	Company          string // id
	Day              string // 2026-11-25
	Issuer, Customer string // lines
	Plan             string // its name
	Seats            int
	Since, Until     string // days
	Currency         string
	Amount           int64 // in the smallest unit
	Lang             string
}

// PDF draws the invoice.
func (i Invoice) PDF() ([]byte, error) {
	return invoice.PDF(invoice.Invoice{Number: i.Number, Lang: i.Lang, Day: i.Day, Issuer: i.Issuer, Customer: i.Customer, Item: i.Plan,
		Seats: i.Seats, Since: i.Since, Until: i.Until, Currency: i.Currency, Amount: i.Amount})
}

const invoiceColumns = `SELECT number, company, day, issuer, customer, plan, seats, since, until, currency, amount, lang FROM invoice`

func scanInvoice(row db.Scanner) (i Invoice, err error) {
	err = row.Scan(&i.Number, &i.Company, &i.Day, &i.Issuer, &i.Customer, &i.Plan, &i.Seats, &i.Since, &i.Until, &i.Currency, &i.Amount, &i.Lang)
	if errors.Is(err, sql.ErrNoRows) {
		return Invoice{}, fault.NotFound("the invoice")
	}
	if err != nil {
		return Invoice{}, fault.Internal("read an invoice", err)
	}
	return i, nil
}

// Invoices are a company's, the newest first.
func (s *Store) Invoices(ctx context.Context, company string) ([]Invoice, error) {
	rows, err := s.db.Query(ctx, invoiceColumns+` WHERE company = ?1 ORDER BY number DESC`, company)
	if err != nil {
		return nil, fault.Internal("read the invoices", err)
	}
	return db.Collect(rows, "read the invoices", scanInvoice)
}

// Invoice is one of a company's invoices; NotFound.
func (s *Store) Invoice(ctx context.Context, company string, number int64) (Invoice, error) {
	return scanInvoice(s.db.QueryRow(ctx, invoiceColumns+` WHERE company = ?1 AND number = ?2`, company, number))
}

// LastIssuer is who wrote the newest invoice of all, to begin the next with.
func (s *Store) LastIssuer(ctx context.Context) (issuer, currency string, err error) {
	err = s.db.QueryRow(ctx, `SELECT issuer, currency FROM invoice ORDER BY number DESC LIMIT 1`).Scan(&issuer, &currency)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fault.Internal("read an invoice", err)
	}
	return issuer, currency, nil
}

// WriteInvoice gives an invoice the next number; numbers have no gaps.
func (c *Clerk) WriteInvoice(ctx context.Context, i Invoice) (Invoice, error) {
	i.Issuer, i.Customer = strings.TrimSpace(i.Issuer), strings.TrimSpace(i.Customer)
	since, err1 := time.Parse(time.DateOnly, i.Since)
	until, err2 := time.Parse(time.DateOnly, i.Until)
	switch {
	case i.Issuer == "" || len(i.Issuer) > 1000:
		return i, fault.Invalid("issuer", "an invoice says who writes it")
	case i.Customer == "" || len(i.Customer) > 1000:
		return i, fault.Invalid("customer", "an invoice says for whom it is")
	case i.Seats < 1 || i.Seats > 100_000:
		return i, fault.Invalid("seats", "an invoice is for at least one seat")
	case err1 != nil || err2 != nil || until.Before(since):
		return i, fault.Invalid("until", "an invoice is for days from one to another")
	case len(i.Currency) != 3 || strings.ToUpper(i.Currency) != i.Currency:
		return i, fault.Invalid("currency", "a currency is written like EUR")
	case i.Amount < 1 || i.Amount > 1_000_000_000_000:
		return i, fault.Invalid("amount", "an invoice asks for an amount")
	}
	i.Day = c.now().UTC().Format(time.DateOnly)
	return i, c.db.Do(ctx, func(tx *db.Tx) error {
		co, err := scanCompany(tx.QueryRow(ctx, companyColumns+` WHERE c.id = ?1`, i.Company))
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM invoice`).Scan(&i.Number); err != nil {
			return fault.Internal("number an invoice", err)
		}
		_, err = tx.Exec(ctx, `INSERT INTO invoice (number, company, day, issuer, customer, plan, seats, since, until, currency, amount, lang)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`,
			i.Number, i.Company, i.Day, i.Issuer, i.Customer, i.Plan, i.Seats, i.Since, i.Until, i.Currency, i.Amount, i.Lang)
		if err != nil {
			return fault.Internal("write an invoice", err)
		}
		return c.staff.NoteDay(ctx, tx, c.by, staff.DidInvoice, fmt.Sprintf("%d: %s", i.Number, co.Name))
	})
}
