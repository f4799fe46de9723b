-- +goose Up
CREATE TABLE masthead (
	id      BIGINT PRIMARY KEY,
	content TEXT NOT NULL
);
CREATE TABLE person (
	id    TEXT PRIMARY KEY,
	name  TEXT NOT NULL,
	email TEXT NOT NULL UNIQUE,
	role  TEXT NOT NULL
);
CREATE TABLE person_link (
	token  TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES person (id),
	until  BIGINT NOT NULL
);
CREATE TABLE person_session (
	token  TEXT PRIMARY KEY,
	person TEXT NOT NULL REFERENCES person (id),
	until  BIGINT NOT NULL
);
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
CREATE TABLE counter (
	name TEXT PRIMARY KEY,
	last BIGINT NOT NULL
);
CREATE TABLE wire_head (
	id     BIGINT PRIMARY KEY,
	number BIGINT NOT NULL,
	hash   TEXT NOT NULL
);
INSERT INTO wire_head (id, number, hash) VALUES (1, 0, '');
CREATE TABLE wire_record (
	number   BIGINT PRIMARY KEY,
	at       BIGINT NOT NULL,
	story    TEXT NOT NULL,
	revision TEXT NOT NULL,
	release  BIGINT NOT NULL,
	signal   TEXT NOT NULL,
	urgency  BIGINT NOT NULL,
	lang     TEXT NOT NULL,
	silent   BIGINT NOT NULL,
	payload  TEXT NOT NULL,
	prev     TEXT NOT NULL,
	hash     TEXT NOT NULL
);
CREATE TABLE follower (
	name   TEXT PRIMARY KEY,
	cursor BIGINT NOT NULL,
	holder TEXT NOT NULL,
	until  BIGINT NOT NULL,
	error  TEXT NOT NULL,
	failed BIGINT NOT NULL
);
CREATE TABLE story (
	id          TEXT PRIMARY KEY,
	number      BIGINT NOT NULL UNIQUE,
	grp         TEXT NOT NULL,
	lang        TEXT NOT NULL,
	state       TEXT NOT NULL,
	revision    BIGINT NOT NULL,
	sent        BIGINT NOT NULL, -- the revision that is out; 0 is none
	releases    BIGINT NOT NULL, -- how many
	first_sent  BIGINT NOT NULL,
	changed     BIGINT NOT NULL,
	pin         BIGINT NOT NULL,
	source      TEXT UNIQUE      -- where an import found it; NULL is written here
);
CREATE UNIQUE INDEX story_grp_lang ON story (grp, lang);
CREATE INDEX story_state ON story (state, changed);
CREATE TABLE story_revision (
	story   TEXT NOT NULL REFERENCES story (id),
	number  BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	person  TEXT NOT NULL,
	content TEXT NOT NULL,
	PRIMARY KEY (story, number)
);
CREATE TABLE story_release (
	story    TEXT NOT NULL REFERENCES story (id),
	number   BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	signal   TEXT NOT NULL,
	note     TEXT NOT NULL,
	at       BIGINT NOT NULL,
	person   TEXT NOT NULL,
	wire     BIGINT NOT NULL,
	PRIMARY KEY (story, number)
);
CREATE TABLE story_act (
	story  TEXT NOT NULL REFERENCES story (id),
	at     BIGINT NOT NULL,
	person TEXT NOT NULL,
	act    TEXT NOT NULL,
	note   TEXT NOT NULL
);
CREATE INDEX story_act_story ON story_act (story, at);
CREATE TABLE published (
	story      TEXT PRIMARY KEY REFERENCES story (id),
	number     BIGINT NOT NULL UNIQUE,
	grp        TEXT NOT NULL,
	lang       TEXT NOT NULL,
	status     TEXT NOT NULL, -- usable, withheld, canceled
	was_public BIGINT NOT NULL, -- readers could see it at some instant before the last change
	release    BIGINT NOT NULL,
	signal     TEXT NOT NULL,
	wire       BIGINT NOT NULL, -- number of its first release: the order within one instant
	first_sent BIGINT NOT NULL, -- or the end of the embargo, whichever is later
	changed    BIGINT NOT NULL,
	urgency    BIGINT NOT NULL,
	pin        BIGINT NOT NULL,
	plan       TEXT NOT NULL,
	opens_at   BIGINT NOT NULL,
	embargo    BIGINT NOT NULL,
	head       TEXT NOT NULL, -- what a teaser may show, JSON
	body       TEXT NOT NULL, -- the content whole, JSON
	notes      TEXT NOT NULL  -- corrections, updates and the kill notice, JSON
);
CREATE INDEX published_latest ON published (lang, first_sent DESC, wire DESC);
CREATE INDEX published_grp ON published (grp);
CREATE INDEX published_embargo ON published (embargo);
CREATE TABLE published_section (
	story      TEXT NOT NULL REFERENCES published (story),
	section    TEXT NOT NULL,
	lang       TEXT NOT NULL,
	first_sent BIGINT NOT NULL,
	wire       BIGINT NOT NULL,
	PRIMARY KEY (story, section)
);
CREATE INDEX published_section_latest ON published_section (lang, section, first_sent DESC, wire DESC);

-- +goose Down
DROP TABLE published_section;
DROP TABLE published;
DROP TABLE story_act;
DROP TABLE story_release;
DROP TABLE story_revision;
DROP TABLE story;
DROP TABLE follower;
DROP TABLE wire_record;
DROP TABLE wire_head;
DROP TABLE counter;
DROP TABLE reader_session;
DROP TABLE reader_link;
DROP TABLE reader_pass;
DROP TABLE reader;
DROP TABLE person_session;
DROP TABLE person_link;
DROP TABLE person;
DROP TABLE masthead;
