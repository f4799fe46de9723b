// Package db is the newsroom's filing cabinet: one SQLite file, or PostgreSQL
// when an agency grows, behind one way to read and one way to write.
//
// It promises that a write is all or nothing and that writes come one after
// another on both engines, so a transaction that reads before it writes never
// acts on what another is changing; that what Do has acknowledged survives a
// kill or a power cut; that wake-ups come only after the commit; and that the
// tables are brought up to date at Open.
//
// SQL is written once. Arguments are numbered ?1, ?2 …; columns are BIGINT or
// TEXT alone (truth is 0 or 1, a time is milliseconds UTC and 0 is none).
// It knows nothing of what the tables mean: that belongs to the other rooms.
package db
