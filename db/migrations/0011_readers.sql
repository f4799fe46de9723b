-- +goose Up
-- A reader is found by keyed hashes alone; an address is kept sealed, to a key
-- that the program can do without. Nothing here tells when a reader came.
ALTER TABLE reader RENAME TO reader_old;
ALTER TABLE reader_pass RENAME TO reader_pass_old;
ALTER TABLE reader_link RENAME TO reader_link_old;
DROP TABLE reader_session;

CREATE TABLE reader (
	id        TEXT PRIMARY KEY,
	name      TEXT NOT NULL,            -- the agency's own for them; '' is none
	number    TEXT NOT NULL DEFAULT '', -- keyed hash of the account's number; '' is none
	words     TEXT NOT NULL DEFAULT '', -- keyed hash of its recovery words
	email     TEXT NOT NULL DEFAULT '', -- keyed hash of the address; '' is none
	sealed    TEXT NOT NULL DEFAULT '', -- the address, sealed
	lang      TEXT NOT NULL DEFAULT '',
	frozen    BIGINT NOT NULL DEFAULT 0,
	bulletins TEXT NOT NULL DEFAULT '', -- names, with blanks between them
	month     TEXT NOT NULL DEFAULT '', -- of the two counters: '2026-11'
	metered   BIGINT NOT NULL DEFAULT 0,
	given     BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reader_name ON reader (name) WHERE name <> '';
CREATE UNIQUE INDEX reader_number ON reader (number) WHERE number <> '';
CREATE UNIQUE INDEX reader_words ON reader (words) WHERE words <> '';
CREATE UNIQUE INDEX reader_email ON reader (email) WHERE email <> '';

CREATE TABLE reader_pass (
	reader TEXT NOT NULL REFERENCES reader (id),
	plan   TEXT NOT NULL,
	kind   TEXT NOT NULL,
	origin TEXT NOT NULL, -- of a payment; '' of all others
	until  BIGINT NOT NULL,
	PRIMARY KEY (reader, plan, kind, origin)
);
CREATE INDEX reader_pass_origin ON reader_pass (origin) WHERE origin <> '';

CREATE TABLE reader_link (
	token  TEXT PRIMARY KEY,
	reader TEXT NOT NULL REFERENCES reader (id),
	until  BIGINT NOT NULL
);
CREATE TABLE reader_session (
	token  TEXT PRIMARY KEY,
	reader TEXT NOT NULL REFERENCES reader (id),
	turn   BIGINT NOT NULL DEFAULT 0, -- of the account's sign-ins
	until  BIGINT NOT NULL  -- the first of a month
);
CREATE INDEX reader_session_reader ON reader_session (reader, turn);
-- Someone asks to sign in by an address; gone when it is used or over.
CREATE TABLE reader_ask (
	token   TEXT PRIMARY KEY, -- hash
	email   TEXT NOT NULL,
	sealed  TEXT NOT NULL,
	browser TEXT NOT NULL,    -- hash
	code    TEXT NOT NULL,    -- keyed hash
	tries   BIGINT NOT NULL,
	lang    TEXT NOT NULL,
	until   BIGINT NOT NULL
);
CREATE TABLE reader_key (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);
-- Grows with each change of what any reader may have.
CREATE TABLE reader_change (
	id     BIGINT PRIMARY KEY,
	number BIGINT NOT NULL
);

INSERT INTO reader (id, name) SELECT id, name FROM reader_old;
INSERT INTO reader_pass (reader, plan, kind, origin, until) SELECT reader, plan, 'grant', '', until FROM reader_pass_old;
INSERT INTO reader_link (token, reader, until) SELECT token, reader, until FROM reader_link_old;
DROP TABLE reader_link_old;
DROP TABLE reader_pass_old;
DROP TABLE reader_old;

-- +goose Down
DROP TABLE reader_change;
DROP TABLE reader_key;
DROP TABLE reader_ask;
DROP TABLE reader_session;
ALTER TABLE reader RENAME TO reader_new;
ALTER TABLE reader_pass RENAME TO reader_pass_new;
ALTER TABLE reader_link RENAME TO reader_link_new;
CREATE TABLE reader (
	id   TEXT PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
);
CREATE TABLE reader_pass (
	reader TEXT NOT NULL REFERENCES reader (id),
	plan   TEXT NOT NULL,
	until  BIGINT NOT NULL,
	PRIMARY KEY (reader, plan)
);
CREATE TABLE reader_link (
	token  TEXT PRIMARY KEY,
	reader TEXT NOT NULL REFERENCES reader (id),
	until  BIGINT NOT NULL
);
CREATE TABLE reader_session (
	token  TEXT PRIMARY KEY,
	reader TEXT NOT NULL REFERENCES reader (id),
	until  BIGINT NOT NULL
);
INSERT INTO reader (id, name) SELECT id, CASE WHEN name = '' THEN id ELSE name END FROM reader_new;
INSERT INTO reader_pass (reader, plan, until) SELECT reader, plan, MAX(until) FROM reader_pass_new GROUP BY reader, plan;
INSERT INTO reader_link (token, reader, until) SELECT token, reader, until FROM reader_link_new;
DROP TABLE reader_link_new;
DROP TABLE reader_pass_new;
DROP TABLE reader_new;
