-- +goose Up
-- The people and places that the agency knows.
CREATE TABLE known (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL,   -- person, place
	facts   TEXT NOT NULL,   -- JSON
	version BIGINT NOT NULL,
	changed BIGINT NOT NULL,
	person  TEXT NOT NULL,   -- who of the staff changed it last; '' is an import
	merged  TEXT NOT NULL,   -- the entry that it went into; '' is none
	removed BIGINT NOT NULL, -- since when it is out of use; 0 is in use
	seq     BIGINT NOT NULL  -- grows with each change of any entry
);
CREATE UNIQUE INDEX known_seq ON known (seq);
CREATE TABLE known_slug (
	kind  TEXT NOT NULL,
	slug  TEXT NOT NULL,
	known TEXT NOT NULL REFERENCES known (id), -- an address once given leads there for ever
	PRIMARY KEY (kind, slug)
);
CREATE TABLE known_version (
	known   TEXT NOT NULL REFERENCES known (id),
	version BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	person  TEXT NOT NULL,
	act     TEXT NOT NULL,   -- added, changed, imported, merged, took, removed, returned
	other   TEXT NOT NULL,   -- of a merger, the other entry; '' is none
	facts   TEXT NOT NULL,
	PRIMARY KEY (known, version)
);

-- +goose Down
DROP TABLE known_version;
DROP TABLE known_slug;
DROP TABLE known;
