// Package ghost reads what Ghost exports: one JSON document with the rows of
// its tables, or posts as its interface gives them.
//
// It promises one post at a time whatever the size of the file, each with its
// line, its writers, its tags, who may read it and where the part that
// everybody may read ends. Since rows name each other by id, a first look
// through all files comes before the reading. It leaves to intake which posts
// become stories.
package ghost
