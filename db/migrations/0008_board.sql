-- +goose Up
-- Texts that the desk writes again and again, ready to be put into a story.
CREATE TABLE copybook (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,   -- template, background
	lang     TEXT NOT NULL,
	name     TEXT NOT NULL,   -- one in each language
	topic    TEXT NOT NULL,
	headline TEXT NOT NULL,   -- of a template: how its headline goes
	body     TEXT NOT NULL,   -- JSON
	version  BIGINT NOT NULL, -- how often it was saved
	changed  BIGINT NOT NULL,
	person   TEXT NOT NULL,   -- who saved it last
	removed  BIGINT NOT NULL  -- since when it is out of use; 0 is in use
);

-- +goose Down
DROP TABLE copybook;
