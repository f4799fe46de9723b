-- +goose Up
-- What a correction or a kill says beside the words for readers.
ALTER TABLE story_release ADD COLUMN short TEXT NOT NULL DEFAULT '';     -- one line for lists and clients
ALTER TABLE story_release ADD COLUMN desk_note TEXT NOT NULL DEFAULT ''; -- for the staff alone

-- What the staff say to each other about a passage. It never leaves the desk.
CREATE TABLE story_comment (
	id       TEXT PRIMARY KEY,
	story    TEXT NOT NULL REFERENCES story (id),
	parent   TEXT NOT NULL,   -- the comment that it answers; '' is none
	block    BIGINT NOT NULL, -- where the passage stood, from 0; -1 is the whole story
	quote    TEXT NOT NULL,   -- the passage
	at       BIGINT NOT NULL,
	person   TEXT NOT NULL,
	words    TEXT NOT NULL,
	resolved BIGINT NOT NULL, -- when; 0 is open
	resolver TEXT NOT NULL
);
CREATE INDEX story_comment_story ON story_comment (story, at);
CREATE TABLE story_mention (
	comment TEXT NOT NULL REFERENCES story_comment (id),
	person  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	read_at BIGINT NOT NULL, -- 0 is not yet
	PRIMARY KEY (comment, person)
);
CREATE INDEX story_mention_person ON story_mention (person, at DESC);
CREATE INDEX story_mention_unread ON story_mention (person) WHERE read_at = 0;

-- +goose Down
DROP TABLE story_mention;
DROP TABLE story_comment;
ALTER TABLE story_release DROP COLUMN desk_note;
ALTER TABLE story_release DROP COLUMN short;
