// Package roll reads and writes lists of subscribers: the agency's own table
// and those that Ghost and WooCommerce give out.
//
// It promises to take of a foreign list only what a subscription needs, the
// address, the end and the language, and to say of each line that it cannot
// use where it stands and why. It leaves to audience who becomes a reader.
package roll

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"net/mail"
	"strings"
	"time"

	"wireroom/fault"
)

// MostRows is how many subscribers a list has at most.
const MostRows = 50_000

// Origin is whose table a list is.
type Origin string

// The tables that are known by their columns.
const (
	Own         Origin = "own"
	Ghost       Origin = "ghost"
	WooCommerce Origin = "woocommerce"
)

// Row is one subscriber of a list.
type Row struct {
	Line  int    // of the file
	Email string // small letters
	Plan  string // as the list names it; "" when it names none
	Lang  string
	Until time.Time // the last day; zero when the list does not say
	Paid  bool      // has a subscription now
}

// Flaw is a line that cannot be used.
type Flaw struct {
	Line int
	Why  string // "email", "until" or "cells"
}

// List is a table as it was read.
type List struct {
	Origin Origin
	Rows   []Row
	Flaws  []Flaw
}

// columns are the names by which each thing goes, by what is told first.
var columns = map[string][]string{
	"email":  {"email", "e_mail", "member_email", "customer_email", "billing_email", "user_email", "email_address"},
	"until":  {"until", "last_day", "next_payment_date", "next_payment", "end_date", "membership_expiration", "expiry_date", "expires"},
	"plan":   {"plan", "membership_plan_slug", "membership_plan"},
	"lang":   {"language", "lang", "locale"},
	"status": {"status", "subscription_status", "membership_status"},
	"comped": {"complimentary_plan"},
	"stripe": {"stripe_customer_id"},
	"tiers":  {"tiers"},
}

// living are the states of WooCommerce in which a subscription counts.
var living = map[string]bool{"active": true, "pending_cancel": true, "pending": true, "complimentary": true, "free_trial": true, "delayed": true}

// Read reads a table; Invalid for what is none or has no addresses.
func Read(r io.Reader) (List, error) {
	table := csv.NewReader(plain(r))
	table.FieldsPerRecord, table.LazyQuotes, table.ReuseRecord = -1, true, true
	head, err := table.Read()
	if err != nil {
		return List{}, fault.Invalid("file", "this is no table of comma-separated values")
	}
	at := places(head)
	if _, ok := at["email"]; !ok {
		return List{}, fault.Invalid("file", "no column is called email")
	}
	list := List{Origin: origin(at)}
	seen := map[string]bool{}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return List{}, fault.Invalid("file", "this is no table of comma-separated values")
		}
		line, _ := table.FieldPos(0)
		if len(list.Rows)+len(list.Flaws) >= MostRows {
			return List{}, fault.Invalid("file", "a list has at most %d lines; cut it in parts", MostRows)
		}
		row, why := at.row(list.Origin, cells)
		row.Line = line
		switch {
		case why != "":
			list.Flaws = append(list.Flaws, Flaw{line, why})
		case list.Origin == Own || !seen[row.Email] || row.Paid:
			seen[row.Email] = true
			list.Rows = append(list.Rows, row)
		}
	}
}

// plain drops a byte order mark.
func plain(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, err := b.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = b.Discard(3)
	}
	return b
}

// place says in which cells each thing stands.
type place map[string][]int

func places(head []string) place {
	at, by := place{}, map[string]int{}
	for i, name := range head {
		name = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return '_'
		}, strings.ToLower(strings.TrimSpace(name)))
		if _, twice := by[name]; !twice {
			by[name] = i
		}
	}
	for what, names := range columns {
		for _, name := range names {
			if i, ok := by[name]; ok {
				at[what] = append(at[what], i)
			}
		}
	}
	return at
}

func origin(at place) Origin {
	switch {
	case at["comped"] != nil || at["tiers"] != nil:
		return Ghost
	case at["status"] != nil:
		return WooCommerce
	}
	return Own
}

// of is the first cell of a thing in which something stands.
func (at place) of(what string, cells []string) string {
	for _, i := range at[what] {
		if i < len(cells) {
			if s := strings.TrimSpace(cells[i]); s != "" && s != "0" {
				return s
			}
		}
	}
	return ""
}

// row reads a line; why says what it lacks.
func (at place) row(from Origin, cells []string) (r Row, why string) {
	r = Row{Email: strings.ToLower(at.of("email", cells)), Plan: at.of("plan", cells)}
	if a, err := mail.ParseAddress(r.Email); err != nil || a.Address != r.Email {
		return r, "email"
	}
	if lang, _, _ := strings.Cut(strings.ToLower(at.of("lang", cells)), "-"); len(lang) == 2 {
		r.Lang = lang
	}
	if text := at.of("until", cells); text != "" {
		var ok bool
		if r.Until, ok = day(text); !ok {
			return r, "until"
		}
	}
	switch from {
	case Ghost:
		r.Paid = strings.EqualFold(at.of("comped", cells), "true") || at.of("stripe", cells) != "" || at.of("tiers", cells) != ""
	case WooCommerce:
		status := strings.ReplaceAll(strings.ToLower(at.of("status", cells)), "-", "_")
		status = strings.TrimPrefix(strings.TrimPrefix(status, "wc_"), "wcm_")
		r.Paid = living[status]
	default:
		r.Paid = r.Plan != "" || !r.Until.IsZero()
	}
	return r, ""
}

// day reads the day of a time as tables write it.
func day(s string) (time.Time, bool) {
	if len(s) >= len(time.DateOnly) {
		if t, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Head is the first line of the agency's own table.
var Head = []string{"email", "plan", "until", "language", "handle"}

// Write writes the agency's own table, which Read takes back. A cell that a
// spreadsheet would take for a formula gets an apostrophe.
func Write(w io.Writer, rows func(put func(cells ...string) error) error) error {
	table := csv.NewWriter(w)
	if err := table.Write(Head); err != nil {
		return err
	}
	err := rows(func(cells ...string) error {
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t", rune(c[0])) {
				cells[i] = "'" + c
			}
		}
		return table.Write(cells)
	})
	table.Flush()
	return errors.Join(err, table.Error())
}
