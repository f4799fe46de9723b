-- +goose Up
CREATE TABLE client_search (
	id      TEXT PRIMARY KEY,
	seat    TEXT NOT NULL REFERENCES client_seat (id),
	name    TEXT NOT NULL,
	asks    TEXT NOT NULL,   -- JSON
	feed    TEXT NOT NULL,   -- hash of the token in its address; '' is no feed
	alert   TEXT NOT NULL,   -- now, hours of the day with blanks; '' is none
	next    BIGINT NOT NULL, -- when the alert is due; 0 is at once
	told    BIGINT NOT NULL, -- the number on the wire up to which was told
	claimed BIGINT NOT NULL  -- until when somebody writes the letter
);
CREATE INDEX client_search_seat ON client_search (seat);
CREATE UNIQUE INDEX client_search_feed ON client_search (feed) WHERE feed <> '';
-- How much a client takes on a day: no person, no story.
CREATE TABLE client_use (
	client TEXT NOT NULL REFERENCES client (id),
	day    TEXT NOT NULL,
	kind   TEXT NOT NULL, -- pull, feed, file, stream (seconds)
	n      BIGINT NOT NULL,
	PRIMARY KEY (client, day, kind)
);

-- +goose Down
DROP TABLE client_use;
DROP TABLE client_search;
