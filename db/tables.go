package db

import "slices"

// tables stand in the order in which rows can be put back: whoever is
// referred to comes first.
var tables = []string{
	"masthead", "person", "person_link", "person_session",
	"reader", "reader_pass", "reader_link", "reader_session",
	"counter", "wire_head", "wire_record", "follower",
	"story", "story_revision", "story_release", "story_act",
	"published", "published_body", "published_section",
}

// Tables are the names of all tables with data, in the order in which a
// backup can be put back into them.
func (d *DB) Tables() []string { return slices.Clone(tables) }
