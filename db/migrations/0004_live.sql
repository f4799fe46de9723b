-- +goose Up
-- What is typed beside a story until it is saved, and who is at it now.
CREATE TABLE story_working (
	story  TEXT NOT NULL REFERENCES story (id),
	person TEXT NOT NULL,
	base   BIGINT NOT NULL, -- the revision that it was typed over
	at     BIGINT NOT NULL,
	tab    TEXT NOT NULL,   -- of the browser that typed it
	typed  TEXT NOT NULL,   -- the fields of the form as they stood, JSON
	PRIMARY KEY (story, person)
);
CREATE TABLE story_lock (
	story  TEXT PRIMARY KEY REFERENCES story (id),
	person TEXT NOT NULL,
	tab    TEXT NOT NULL,
	since  BIGINT NOT NULL,
	seen   BIGINT NOT NULL  -- the holder's last sign of life
);
CREATE TABLE desk_presence (
	tab    TEXT PRIMARY KEY,
	story  TEXT NOT NULL,
	person TEXT NOT NULL,
	seen   BIGINT NOT NULL
);
CREATE TABLE saved_search (
	id     TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	name   TEXT NOT NULL,
	query  TEXT NOT NULL    -- as an address has it
);
CREATE INDEX saved_search_person ON saved_search (person, name);

-- What a list shows of a story, so that none has to read a text.
ALTER TABLE story ADD COLUMN facts TEXT NOT NULL DEFAULT '';    -- the newest revision without its body, JSON
ALTER TABLE story ADD COLUMN sections TEXT NOT NULL DEFAULT ''; -- ids, a blank around each
ALTER TABLE story ADD COLUMN author TEXT NOT NULL DEFAULT '';   -- who wrote the newest revision
ALTER TABLE story ADD COLUMN touched BIGINT NOT NULL DEFAULT 0; -- number of the last act, of all acts on all stories
CREATE INDEX story_touched ON story (touched);

-- +goose Down
DROP INDEX story_touched;
ALTER TABLE story DROP COLUMN touched;
ALTER TABLE story DROP COLUMN author;
ALTER TABLE story DROP COLUMN sections;
ALTER TABLE story DROP COLUMN facts;
DROP TABLE saved_search;
DROP TABLE desk_presence;
DROP TABLE story_lock;
DROP TABLE story_working;
