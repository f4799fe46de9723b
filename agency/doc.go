// Package agency puts the house together: it reads the configuration, opens
// the rooms over one database and one folder, and serves them.
//
// It promises that the whole program is a value which a test can open, serve
// on a free port and close; that what it logs holds no reader's address; and
// that a backup is one consistent moment which either engine takes back. It
// leaves every rule of the newsroom to the rooms below, and flags, signals and
// exit statuses to cmd/wireroom.
package agency
