-- +goose Up
-- What a reader follows: a person, a place, a topic or a search.
CREATE TABLE reader_follow (
	id     TEXT PRIMARY KEY,
	reader TEXT NOT NULL REFERENCES reader (id),
	kind   TEXT NOT NULL,   -- person, place, topic or search
	key    TEXT NOT NULL,   -- an id, or the query
	lang   TEXT NOT NULL,   -- of the edition in which it is followed
	name   TEXT NOT NULL,
	rhythm TEXT NOT NULL,   -- of the letters: now, daily, weekly; '' is none
	since  BIGINT NOT NULL, -- the number on the wire after which it is news
	UNIQUE (reader, kind, key, lang)
);
CREATE INDEX reader_follow_aim ON reader_follow (lang, kind, key);
-- Stories to be told of, and those told of for as long as they may be mended.
CREATE TABLE reader_cutting (
	follow  TEXT NOT NULL REFERENCES reader_follow (id),
	story   TEXT NOT NULL,
	number  BIGINT NOT NULL, -- the story's public number
	wire    BIGINT NOT NULL,
	kind    TEXT NOT NULL,   -- story, correction or kill
	due     BIGINT NOT NULL, -- not before
	told    BIGINT NOT NULL, -- when; 0 is not yet
	claimed BIGINT NOT NULL, -- until when somebody writes the letter
	PRIMARY KEY (follow, story)
);
CREATE INDEX reader_cutting_due ON reader_cutting (told, due);
CREATE INDEX reader_cutting_story ON reader_cutting (story);

-- +goose Down
DROP TABLE reader_cutting;
DROP TABLE reader_follow;
