-- +goose Up
CREATE INDEX IF NOT EXISTS wire_record_story ON wire_record (story, number);
-- An address of a client to which the wire is brought.
CREATE TABLE push_endpoint (
	id            TEXT PRIMARY KEY,
	client        TEXT NOT NULL,   -- id
	way           TEXT NOT NULL,   -- webhook, sftp, mail
	address       TEXT NOT NULL,
	format        TEXT NOT NULL,
	secret        TEXT NOT NULL,   -- by which a webhook is signed, or our key for sftp
	secret_before TEXT NOT NULL,   -- signs too until secret_until
	secret_until  BIGINT NOT NULL,
	password      TEXT NOT NULL,   -- of sftp; '' is by key
	host_key      TEXT NOT NULL,   -- that the machine showed first; '' is not yet
	made          BIGINT NOT NULL,
	resumed       BIGINT NOT NULL, -- when it was last made, set going or told to try
	paused        BIGINT NOT NULL,
	cursor        BIGINT NOT NULL, -- the last record that was brought or passed in order
	express       BIGINT NOT NULL  -- the same of corrections, holds and kills, which overtake
);
CREATE INDEX push_endpoint_client ON push_endpoint (client);
-- A record that does not arrive, one for each lane at the most.
CREATE TABLE push_lane (
	endpoint TEXT NOT NULL REFERENCES push_endpoint (id),
	express  BIGINT NOT NULL,
	wire     BIGINT NOT NULL,
	tries    BIGINT NOT NULL, -- since something last arrived
	since    BIGINT NOT NULL, -- the first of them
	next     BIGINT NOT NULL,
	error    TEXT NOT NULL,
	PRIMARY KEY (endpoint, express)
);
-- What was given up.
CREATE TABLE push_dead (
	endpoint TEXT NOT NULL REFERENCES push_endpoint (id),
	wire     BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	error    TEXT NOT NULL,
	again    BIGINT NOT NULL, -- 1: it is to be tried again
	PRIMARY KEY (endpoint, wire)
);

-- +goose Down
DROP TABLE push_dead;
DROP TABLE push_lane;
DROP TABLE push_endpoint;
DROP INDEX IF EXISTS wire_record_story;
