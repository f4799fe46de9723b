package agency_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// tellsNoOrder checks that the rows of used codes do not stand in the order in
// which readers used them.
func (w *whole) tellsNoOrder() {
	w.t.Helper()
	rows, err := w.DB.Query(w.t.Context(), `SELECT mark FROM code_spent`)
	w.must(err)
	defer rows.Close()
	place := map[string]int{}
	for rows.Next() {
		var mark string
		w.must(rows.Scan(&mark))
		place[mark] = len(place)
	}
	w.must(rows.Err())
	var places []int
	for _, p := range w.people {
		known := disguises(p.code, w.secret())[keyHashed]
		for mark, at := range place {
			if slices.ContainsFunc(known, func(begins string) bool { return strings.HasPrefix(mark, begins) }) {
				places = append(places, at)
			}
		}
	}
	if len(places) != crowd {
		w.t.Fatalf("%d codes of %d are known again: nothing could be told of their order", len(places), crowd)
	}
	// Of two hundred in no order it is beyond 0.3 once in thirty thousand times.
	if r := correlation(places); math.Abs(r) > 0.3 {
		w.t.Errorf("the codes lie in the order of their use: %.2f", r)
	}
}

// correlation is Spearman's of the places with the order in which they are
// given.
func correlation(places []int) float64 {
	n, sum := float64(len(places)), 0.0
	sorted := slices.Sorted(slices.Values(places))
	for i, at := range places {
		rank, _ := slices.BinarySearch(sorted, at)
		d := float64(i - rank)
		sum += d * d
	}
	return 1 - 6*sum/(n*(n*n-1))
}

// joins checks which tables can be laid side by side by a value that they
// share.
func (w *whole) joins() {
	w.t.Helper()
	want := map[string]bool{}
	for _, r := range written(w.t, "joined") {
		want[r[0]+" and "+r[1]] = true
	}
	values := map[string]map[string]bool{}
	for _, table := range w.DB.Tables() {
		if table != "reader_key" {
			values[table] = w.distinctive(table)
		}
	}
	ofReaders := func(table string) bool {
		return strings.HasPrefix(table, "reader") || strings.HasPrefix(table, "code_") || strings.HasPrefix(table, "till_") || strings.HasPrefix(table, "gift_") || table == "company" || table == "bulletin_letter" || table == "alert_browser" || table == "alert_due" || table == "invoice"
	}
	for one, of := range values {
		for other, in := range values {
			if one >= other && ofReaders(other) || !ofReaders(one) {
				continue
			}
			for v := range of {
				if in[v] && !want[one+" and "+other] && !want[other+" and "+one] {
					w.t.Errorf("%s and %s share %q, which docs/privacy.md does not say", one, other, v)
					break
				}
			}
		}
	}
}

// distinctive are the values of a table by which a row could be known again in
// another: long texts, and times finer than a day.
func (w *whole) distinctive(table string) map[string]bool {
	w.t.Helper()
	rows, err := w.DB.Query(w.t.Context(), `SELECT * FROM `+table)
	w.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	w.must(err)
	all := map[string]bool{}
	for rows.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		w.must(rows.Scan(into...))
		for _, cell := range cells {
			switch v := cell.(type) {
			case string:
				if len(v) >= 16 {
					all[v] = true
				}
			case int64:
				if v > 1_000_000 && v%(24*time.Hour).Milliseconds() != 0 {
					all[fmt.Sprint(v)] = true
				}
			}
		}
	}
	w.must(rows.Err())
	return all
}
