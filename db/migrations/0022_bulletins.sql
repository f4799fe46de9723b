-- +goose Up
CREATE TABLE bulletin (
	id    TEXT PRIMARY KEY, -- as readers choose it: 'morning-en'
	lang  TEXT NOT NULL,
	name  TEXT NOT NULL,
	rules TEXT NOT NULL,    -- JSON
	live  BIGINT NOT NULL,  -- 1 is offered and sent
	place BIGINT NOT NULL,  -- the wire number up to which it is composed
	due   BIGINT NOT NULL   -- when the next issue is; 0 is not by the clock
);
CREATE TABLE bulletin_issue (
	number   BIGINT PRIMARY KEY, -- over all bulletins
	bulletin TEXT NOT NULL REFERENCES bulletin (id),
	at       BIGINT NOT NULL,
	place    BIGINT NOT NULL, -- the wire number that it goes up to
	more     BIGINT NOT NULL, -- stories that the rules left out
	done     BIGINT NOT NULL, -- when the last letter was; 0 is under way
	holder   TEXT NOT NULL,   -- who sends it; '' is nobody
	until    BIGINT NOT NULL, -- until when, unless they say more
	sent     BIGINT NOT NULL,
	bounced  BIGINT NOT NULL,
	lapsed   BIGINT NOT NULL, -- given up, after trying for a day
	quit     BIGINT NOT NULL, -- readers who left the bulletin by it
	error    TEXT NOT NULL    -- why it does not go on; '' is nothing
);
CREATE INDEX bulletin_issue_of ON bulletin_issue (bulletin, number);
CREATE TABLE bulletin_item (
	issue  BIGINT NOT NULL REFERENCES bulletin_issue (number),
	rank   BIGINT NOT NULL, -- from 1
	kind   TEXT NOT NULL,   -- story, correction or kill
	story  TEXT NOT NULL,
	number BIGINT NOT NULL, -- the story's public number
	wire   BIGINT NOT NULL,
	PRIMARY KEY (issue, rank)
);
CREATE INDEX bulletin_item_story ON bulletin_item (story, issue);
-- Stories that were sent but that nobody may see yet: an embargo, a hold.
CREATE TABLE bulletin_waiting (
	bulletin TEXT NOT NULL REFERENCES bulletin (id),
	story    TEXT NOT NULL,
	number   BIGINT NOT NULL,
	wire     BIGINT NOT NULL,
	PRIMARY KEY (bulletin, story)
);
-- Who is still to have an issue. A row goes when the letter does.
CREATE TABLE bulletin_letter (
	issue  BIGINT NOT NULL REFERENCES bulletin_issue (number),
	reader TEXT NOT NULL,
	tries  BIGINT NOT NULL DEFAULT 0,
	later  BIGINT NOT NULL DEFAULT 0, -- not before
	PRIMARY KEY (issue, reader)
);
ALTER TABLE reader ADD COLUMN bounces BIGINT NOT NULL DEFAULT 0; -- letters that came back

-- +goose Down
ALTER TABLE reader DROP COLUMN bounces;
DROP TABLE bulletin_letter;
DROP TABLE bulletin_waiting;
DROP TABLE bulletin_item;
DROP TABLE bulletin_issue;
DROP TABLE bulletin;
