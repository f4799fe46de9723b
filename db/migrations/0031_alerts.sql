-- +goose Up
-- Which stories ring in readers' browsers, by edition.
CREATE TABLE alert_rule (
	lang    TEXT PRIMARY KEY,
	live    BIGINT NOT NULL, -- 1 is offered and sent
	urgency BIGINT NOT NULL, -- the least urgent that rings
	most    BIGINT NOT NULL, -- in a day; 0 is any number
	since   BIGINT NOT NULL  -- what was sent before does not ring
);
-- The key by which push services and browsers know the agency.
CREATE TABLE alert_key (
	id      BIGINT PRIMARY KEY, -- 1
	private TEXT NOT NULL
);
-- Browsers that are to be rung.
CREATE TABLE alert_browser (
	id       TEXT PRIMARY KEY, -- keyed hash of the endpoint
	sealed   TEXT NOT NULL,    -- endpoint and keys
	lang     TEXT NOT NULL,
	sections TEXT NOT NULL,    -- each between spaces; '' is all
	neutral  BIGINT NOT NULL,  -- 1 is rung without a word of the news
	misses   BIGINT NOT NULL   -- alerts in a row that could not be brought
);
CREATE INDEX alert_browser_lang ON alert_browser (lang, id);
-- Stories that rang.
CREATE TABLE alert (
	number   BIGINT PRIMARY KEY, -- the story's public number
	story    TEXT NOT NULL,
	lang     TEXT NOT NULL,
	sections TEXT NOT NULL, -- as they were: each between spaces
	out      BIGINT NOT NULL, -- 1 is shown, 0 is taken back
	wire     BIGINT NOT NULL, -- the last record that was told
	at       BIGINT NOT NULL  -- when it first rang
);
CREATE INDEX alert_at ON alert (lang, at);
-- Who is still to be told what. A row goes when it is told.
CREATE TABLE alert_due (
	browser TEXT NOT NULL,
	alert   BIGINT NOT NULL,
	kind    TEXT NOT NULL,   -- news, correction or withdrawal
	grave   BIGINT NOT NULL, -- 1 goes before all others
	wire    BIGINT NOT NULL,
	tries   BIGINT NOT NULL,
	later   BIGINT NOT NULL, -- not before
	until   BIGINT NOT NULL, -- not after
	PRIMARY KEY (browser, alert)
);
CREATE INDEX alert_due_next ON alert_due (grave, wire, browser);

-- +goose Down
DROP TABLE alert_due;
DROP TABLE alert;
DROP TABLE alert_browser;
DROP TABLE alert_key;
DROP TABLE alert_rule;
