-- +goose Up
-- What is read, as sums of a day. A sum below ten is never written.
CREATE TABLE story_day (
	day     TEXT NOT NULL,   -- 2026-11-25, UTC
	lang    TEXT NOT NULL,
	number  BIGINT NOT NULL, -- 0 is all stories of the edition
	reads   BIGINT NOT NULL,
	readers BIGINT NOT NULL, -- an estimate
	PRIMARY KEY (day, lang, number)
);
CREATE TABLE reader_day (
	day    TEXT NOT NULL,
	plan   TEXT NOT NULL,
	held   BIGINT NOT NULL,  -- readers who hold the plan as the day begins; 0 is fewer than ten
	lapsed BIGINT NOT NULL,  -- readers whose last pass of it ended then; 0 is fewer than ten
	PRIMARY KEY (day, plan)
);

-- +goose Down
DROP TABLE reader_day;
DROP TABLE story_day;
