// Package index keeps the terms of texts and finds the texts that have them:
// in a SQLite file of its own with FTS5, or in a PostgreSQL database with
// tsvector. Both hold the same terms and give the same answers.
//
// It promises that what one Apply brings is found together or not at all, that
// rows come in their order, the greatest first, and that a text on the shut
// shelf never has a part in an answer from the open one, not even in what is
// weighed. It can always be made again, so no backup holds it.
//
// It leaves to lexis what a term is, and to the archive who may ask which shelf.
package index
