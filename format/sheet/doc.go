// Package sheet writes and reads news as CSV: a row for each item, for
// spreadsheets and for programs that know nothing of news.
//
// It promises that each cell holds its text as it is and that what it writes
// comes back to the same text; columns are known by their names, in any order,
// and a sheet may have others. Markup has no place in a cell and is left out.
package sheet
