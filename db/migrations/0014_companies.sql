-- +goose Up
-- A company pays for seats. Its readers come by its domain, which a letter
-- proves, or from its network, of which nothing is kept. Who has a seat holds
-- a pass of the kind 'seat' with the company as its origin.
CREATE TABLE company (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	plan     TEXT NOT NULL,
	seats    BIGINT NOT NULL,
	until    BIGINT NOT NULL,
	domain   TEXT NOT NULL, -- '' is none
	domain_mark TEXT NOT NULL, -- keyed hash of it
	networks TEXT NOT NULL, -- CIDR, with blanks between them
	address  TEXT NOT NULL, -- as invoices have it
	admin    TEXT NOT NULL, -- the reader who keeps its seats; '' is none
	wanted   BIGINT NOT NULL -- more seats that were asked for
);
CREATE UNIQUE INDEX company_domain ON company (domain_mark) WHERE domain_mark <> '';
CREATE INDEX company_admin ON company (admin) WHERE admin <> '';
CREATE TABLE invoice (
	number   BIGINT PRIMARY KEY, -- without gaps
	company  TEXT NOT NULL REFERENCES company (id),
	day      TEXT NOT NULL,
	issuer   TEXT NOT NULL,
	customer TEXT NOT NULL,
	plan     TEXT NOT NULL, -- its name
	seats    BIGINT NOT NULL,
	since    TEXT NOT NULL,
	until    TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount   BIGINT NOT NULL,
	lang     TEXT NOT NULL
);
ALTER TABLE reader_ask ADD COLUMN domain TEXT NOT NULL DEFAULT ''; -- keyed hash of the address's

-- +goose Down
ALTER TABLE reader_ask DROP COLUMN domain;
DROP TABLE invoice;
DROP TABLE company;
