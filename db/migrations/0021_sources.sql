-- +goose Up
-- What others send or publish, of which drafts are made.
CREATE TABLE source (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,   -- feed, folder
	name     TEXT NOT NULL,
	address  TEXT NOT NULL,   -- of the feed, or the folder's name
	lang     TEXT NOT NULL,   -- of what says none
	section  TEXT NOT NULL,   -- '' is by the item's own subjects
	desk     TEXT NOT NULL,   -- '' is the first
	keep     TEXT NOT NULL,   -- words with line ends; '' is all
	drops    TEXT NOT NULL,
	minutes  BIGINT NOT NULL, -- between looks
	made     BIGINT NOT NULL,
	stopped  BIGINT NOT NULL,
	etag     TEXT NOT NULL,   -- what the feed said last
	modified TEXT NOT NULL,
	next     BIGINT NOT NULL, -- when it is looked at
	looked   BIGINT NOT NULL,
	failures BIGINT NOT NULL, -- in a row
	error    TEXT NOT NULL,   -- of the last look
	taken    BIGINT NOT NULL, -- at the last look
	passed   BIGINT NOT NULL  -- by its rules, at the last look
);
-- Who is told when a public feed changes (WebSub).
CREATE TABLE hub_listener (
	id       TEXT PRIMARY KEY,
	topic    TEXT NOT NULL,   -- path of the feed
	callback TEXT NOT NULL,
	secret   TEXT NOT NULL,   -- '' is none
	until    BIGINT NOT NULL, -- end of the lease; 0 while it is not confirmed
	asked    TEXT NOT NULL,   -- subscribe or unsubscribe, to be confirmed; '' is nothing
	lease    BIGINT NOT NULL, -- seconds that were asked for
	given    TEXT NOT NULL,   -- hash of the feed that was given last
	told     BIGINT NOT NULL, -- the wire's head when that was
	tries    BIGINT NOT NULL,
	next     BIGINT NOT NULL,
	UNIQUE (topic, callback)
);

-- +goose Down
DROP TABLE hub_listener;
DROP TABLE source;
