-- +goose Up
-- What somebody buys, for as long as it can be given back or renews by itself;
-- of what is older only the month's takings are left. No time here is finer
-- than a day.
CREATE TABLE till_order (
	id       TEXT PRIMARY KEY, -- random
	secret   TEXT NOT NULL,    -- hash of what the buying browser holds
	reader   TEXT NOT NULL,    -- '' of a gift, and when the reader is gone
	gift     BIGINT NOT NULL,
	plan     TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount   BIGINT NOT NULL,
	days     BIGINT NOT NULL,
	renews   BIGINT NOT NULL,
	till     TEXT NOT NULL,
	begun    BIGINT NOT NULL,           -- a day
	floor    BIGINT NOT NULL,           -- its days begin no earlier; 0 is none
	minted   BIGINT NOT NULL DEFAULT 0, -- the gift's code has been shown
	told     BIGINT NOT NULL DEFAULT 0  -- the letter about a failed renewal is out
);
CREATE INDEX till_order_reader ON till_order (reader, plan);
CREATE INDEX till_order_secret ON till_order (secret);

-- What a till told. The set of these says what an order is worth, never the
-- order in which they came.
CREATE TABLE till_fact (
	payment TEXT NOT NULL, -- the till's own name for it
	kind    TEXT NOT NULL,
	key     TEXT NOT NULL,
	belongs TEXT NOT NULL, -- the order; '' when the till did not say
	day     BIGINT NOT NULL,
	until   BIGINT NOT NULL, -- of a paid period; 0 where the order counts the days
	amount  BIGINT NOT NULL,
	PRIMARY KEY (payment, kind, key)
);
CREATE INDEX till_fact_belongs ON till_fact (belongs);
CREATE INDEX till_fact_key ON till_fact (key);

CREATE TABLE till_month (
	month    TEXT NOT NULL, -- '2026-11'
	plan     TEXT NOT NULL,
	currency TEXT NOT NULL,
	paid     BIGINT NOT NULL,
	back     BIGINT NOT NULL,
	payments BIGINT NOT NULL,
	PRIMARY KEY (month, plan, currency)
);
CREATE TABLE till_coupon (
	word TEXT PRIMARY KEY,
	used BIGINT NOT NULL
);

-- +goose Down
DROP TABLE till_coupon;
DROP TABLE till_month;
DROP TABLE till_fact;
DROP TABLE till_order;
