-- +goose Up
-- The whole texts stand apart, so that lists never pass over them.
CREATE TABLE published_body (
	story   TEXT PRIMARY KEY REFERENCES published (story),
	release BIGINT NOT NULL, -- the release whose text it is, or that last confirmed it
	body    TEXT NOT NULL    -- the content whole, JSON
);
INSERT INTO published_body (story, release, body) SELECT story, release, body FROM published WHERE status <> 'canceled';
ALTER TABLE published DROP COLUMN body;
-- What lists say of a story to those who may read it whole.
ALTER TABLE published ADD COLUMN summary TEXT NOT NULL DEFAULT '';

ALTER TABLE published ADD COLUMN corrected BIGINT NOT NULL DEFAULT 0; -- when last; 0 is never
UPDATE published SET corrected = changed WHERE notes LIKE '%"correction"%';

-- Lists and counts read these indexes alone to pass over what is not to be seen.
DROP INDEX published_latest;
CREATE INDEX published_latest ON published (lang, first_sent DESC, wire DESC, status, embargo);
CREATE INDEX published_pin ON published (lang, pin);
CREATE INDEX published_opens_at ON published (opens_at);
CREATE INDEX published_corrected ON published (lang, corrected);

ALTER TABLE published_section ADD COLUMN status TEXT NOT NULL DEFAULT 'usable';
ALTER TABLE published_section ADD COLUMN embargo BIGINT NOT NULL DEFAULT 0;
UPDATE published_section SET
	status = (SELECT p.status FROM published p WHERE p.story = published_section.story),
	embargo = (SELECT p.embargo FROM published p WHERE p.story = published_section.story);
DROP INDEX published_section_latest;
CREATE INDEX published_section_latest ON published_section (lang, section, first_sent DESC, wire DESC, status, embargo);

-- The desk's lists, each state from its newest.
DROP INDEX story_state;
CREATE INDEX story_state ON story (state, changed DESC, number DESC, lang);
