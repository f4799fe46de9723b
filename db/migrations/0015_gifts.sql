-- +goose Up
-- How often a story that a subscriber opened to a friend was looked at. The mark
-- tells neither the story nor the subscriber.
CREATE TABLE gift_used (
	mark  TEXT PRIMARY KEY, -- keyed hash
	used  BIGINT NOT NULL,
	until BIGINT NOT NULL   -- the end of a day
);

-- +goose Down
DROP TABLE gift_used;
