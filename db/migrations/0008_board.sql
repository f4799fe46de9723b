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

-- When a record had arrived where.
CREATE TABLE wire_arrival (
	number   BIGINT NOT NULL,
	follower TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (number, follower)
);
CREATE INDEX wire_arrival_at ON wire_arrival (at);
ALTER TABLE follower ADD COLUMN since BIGINT NOT NULL DEFAULT 0; -- when it began to follow; 0 is before that was noted

CREATE INDEX story_first_sent ON story (first_sent) WHERE first_sent > 0;

-- +goose Down
DROP INDEX story_first_sent;
ALTER TABLE follower DROP COLUMN since;
DROP TABLE wire_arrival;
DROP TABLE copybook;
