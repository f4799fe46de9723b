-- +goose Up
-- How people of the newsroom come in, and what was done to whom.
ALTER TABLE person ADD COLUMN lang TEXT NOT NULL DEFAULT '';      -- of their screens and letters; '' is unknown
ALTER TABLE person ADD COLUMN frozen_by TEXT NOT NULL DEFAULT ''; -- who froze them; '' is the terminal
ALTER TABLE person_session ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person_session ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person_session ADD COLUMN way TEXT NOT NULL DEFAULT '';     -- how it was opened: link, passkey, code, recovery
ALTER TABLE person_session ADD COLUMN browser TEXT NOT NULL DEFAULT ''; -- as Firefox
ALTER TABLE person_session ADD COLUMN system TEXT NOT NULL DEFAULT '';  -- as Linux
CREATE INDEX person_session_person ON person_session (person);
CREATE TABLE person_passkey (
	id         TEXT PRIMARY KEY, -- the credential's, in base64url
	person     TEXT NOT NULL REFERENCES person (id),
	name       TEXT NOT NULL,
	site       TEXT NOT NULL, -- the host that it opens
	credential TEXT NOT NULL, -- JSON
	made       BIGINT NOT NULL,
	used       BIGINT NOT NULL
);
CREATE INDEX person_passkey_person ON person_passkey (person);
CREATE TABLE person_challenge (
	token  TEXT PRIMARY KEY,
	person TEXT NOT NULL, -- '' is somebody who wants to sign in
	data   TEXT NOT NULL, -- JSON
	until  BIGINT NOT NULL
);
CREATE TABLE person_code (
	person TEXT PRIMARY KEY REFERENCES person (id),
	secret TEXT NOT NULL,
	made   BIGINT NOT NULL,
	proven BIGINT NOT NULL, -- since when it opens the desk; 0 is not yet
	step   BIGINT NOT NULL  -- the last that was used
);
CREATE TABLE person_recovery (
	person TEXT NOT NULL REFERENCES person (id),
	code   TEXT NOT NULL, -- its hash
	PRIMARY KEY (person, code)
);
CREATE TABLE person_pen (
	person TEXT NOT NULL REFERENCES person (id),
	name   TEXT NOT NULL,
	PRIMARY KEY (person, name)
);
CREATE TABLE person_thaw (
	person TEXT NOT NULL REFERENCES person (id),
	voice  TEXT NOT NULL, -- who is for it
	at     BIGINT NOT NULL,
	PRIMARY KEY (person, voice)
);
CREATE TABLE person_try (
	kind TEXT NOT NULL, -- code, link
	who  TEXT NOT NULL, -- hash of the address that was typed
	at   BIGINT NOT NULL
);
CREATE INDEX person_try_who ON person_try (kind, who, at);
CREATE TABLE staff_act (
	id      TEXT PRIMARY KEY,
	at      BIGINT NOT NULL,
	person  TEXT NOT NULL, -- who did it; '' is the terminal
	act     TEXT NOT NULL,
	subject TEXT NOT NULL, -- the person it was done to; '' is nobody or themselves
	note    TEXT NOT NULL,
	count   BIGINT NOT NULL
);
CREATE INDEX staff_act_at ON staff_act (at);

-- +goose Down
DROP TABLE staff_act;
DROP TABLE person_try;
DROP TABLE person_thaw;
DROP TABLE person_pen;
DROP TABLE person_recovery;
DROP TABLE person_code;
DROP TABLE person_challenge;
DROP TABLE person_passkey;
DROP INDEX person_session_person;
ALTER TABLE person_session DROP COLUMN system;
ALTER TABLE person_session DROP COLUMN browser;
ALTER TABLE person_session DROP COLUMN way;
ALTER TABLE person_session DROP COLUMN seen;
ALTER TABLE person_session DROP COLUMN made;
ALTER TABLE person DROP COLUMN frozen_by;
ALTER TABLE person DROP COLUMN lang;
