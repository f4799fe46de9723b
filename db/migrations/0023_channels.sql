-- +goose Up
CREATE TABLE channel (
	id    TEXT PRIMARY KEY,
	lang  TEXT NOT NULL,
	name  TEXT NOT NULL,
	chat  TEXT NOT NULL, -- '@pozirk' or a number
	token TEXT NOT NULL, -- of the bot that posts
	base  TEXT NOT NULL, -- address of the Bot API; '' is Telegram's own
	rules TEXT NOT NULL, -- JSON
	live  BIGINT NOT NULL,
	since BIGINT NOT NULL  -- what was sent before it was live is not posted
);
-- What stands in a channel, or waits for its hour.
CREATE TABLE channel_post (
	channel TEXT NOT NULL REFERENCES channel (id),
	story   TEXT NOT NULL,
	number  BIGINT NOT NULL, -- the story's public number
	message BIGINT NOT NULL, -- as the channel numbers it; 0 is not known
	state   TEXT NOT NULL,   -- waiting, begun or out
	wire    BIGINT NOT NULL,
	PRIMARY KEY (channel, story)
);

-- +goose Down
DROP TABLE channel_post;
DROP TABLE channel;
