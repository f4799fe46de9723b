package db

// Deafen is what happens when the server cannot be heard.
func (d *DB) Deafen(err error) { d.wakes.hears(err) }
