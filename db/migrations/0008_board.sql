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

-- What is expected, and who covers it.
CREATE TABLE plan_event (
	id      TEXT PRIMARY KEY,
	title   TEXT NOT NULL,
	place   TEXT NOT NULL,
	note    TEXT NOT NULL,
	status  TEXT NOT NULL,   -- whether it will be: planned, uncertain, cancelled
	starts  BIGINT NOT NULL,
	ends    BIGINT NOT NULL,
	whole   BIGINT NOT NULL, -- 1: whole days, from midnight to midnight
	version BIGINT NOT NULL, -- how often it was saved
	changed BIGINT NOT NULL,
	person  TEXT NOT NULL,   -- who saved it last
	removed BIGINT NOT NULL  -- since when it is off the calendar; 0 is on it
);
CREATE INDEX plan_event_ends ON plan_event (ends);
CREATE TABLE plan_coverage (
	id      TEXT PRIMARY KEY,
	event   TEXT NOT NULL REFERENCES plan_event (id),
	status  TEXT NOT NULL, -- whether it is covered: intended, undecided, not, request
	person  TEXT NOT NULL, -- who covers it; '' is nobody yet
	lang    TEXT NOT NULL,
	slug    TEXT NOT NULL,
	desk    TEXT NOT NULL, -- of the masthead's desks; '' is the first
	section TEXT NOT NULL, -- '' is none yet
	due     BIGINT NOT NULL, -- 0 is not said
	note    TEXT NOT NULL,
	story   TEXT NOT NULL, -- that it has become; '' is none yet
	version BIGINT NOT NULL
);
CREATE INDEX plan_coverage_event ON plan_coverage (event);
CREATE INDEX plan_coverage_story ON plan_coverage (story) WHERE story <> '';

-- +goose Down
DROP TABLE plan_coverage;
DROP TABLE plan_event;
DROP INDEX story_first_sent;
ALTER TABLE follower DROP COLUMN since;
DROP TABLE wire_arrival;
DROP TABLE copybook;
