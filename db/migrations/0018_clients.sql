-- +goose Up
-- The embargo whose end stands on the wire; one that was over before is none.
ALTER TABLE story ADD COLUMN lifted BIGINT NOT NULL DEFAULT 0;
UPDATE story SET lifted = waits WHERE waits > 0 AND waits <= COALESCE((SELECT MAX(at) FROM wire_record), 0);

CREATE TABLE client (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL UNIQUE,
	starts   BIGINT NOT NULL,
	ends     BIGINT NOT NULL, -- 0 is open-ended
	depth    BIGINT NOT NULL, -- days of the archive; 0 is all
	early    BIGINT NOT NULL,
	delay    BIGINT NOT NULL, -- minutes
	rate     BIGINT NOT NULL, -- requests in a minute
	alarm    BIGINT NOT NULL, -- minutes without a receipt; 0 is never
	formats  TEXT NOT NULL,   -- names with blanks; '' is all
	brackets TEXT NOT NULL,   -- square, round
	networks TEXT NOT NULL,
	contact  TEXT NOT NULL,   -- address for corrections and kills
	lang     TEXT NOT NULL    -- of letters
);
CREATE TABLE client_product (
	id     TEXT PRIMARY KEY,
	client TEXT NOT NULL REFERENCES client (id),
	name   TEXT NOT NULL,
	lets   TEXT NOT NULL -- the selection, JSON
);
CREATE INDEX client_product_client ON client_product (client);
CREATE TABLE client_token (
	id     TEXT PRIMARY KEY,
	client TEXT NOT NULL REFERENCES client (id),
	name   TEXT NOT NULL,
	hash   TEXT NOT NULL UNIQUE,
	made   BIGINT NOT NULL,
	used   TEXT NOT NULL -- month, 2024-10; '' is never
);
CREATE INDEX client_token_client ON client_token (client);
CREATE TABLE client_seat (
	id     TEXT PRIMARY KEY,
	client TEXT NOT NULL REFERENCES client (id),
	name   TEXT NOT NULL,
	email  TEXT NOT NULL UNIQUE
);
CREATE INDEX client_seat_client ON client_seat (client);
CREATE TABLE client_link (
	token TEXT PRIMARY KEY,
	seat  TEXT NOT NULL REFERENCES client_seat (id),
	until BIGINT NOT NULL
);
CREATE TABLE client_session (
	token TEXT PRIMARY KEY,
	seat  TEXT NOT NULL REFERENCES client_seat (id),
	until BIGINT NOT NULL
);
-- A receipt that is asked for, and then given.
CREATE TABLE client_receipt (
	wire      BIGINT NOT NULL,
	client    TEXT NOT NULL REFERENCES client (id),
	story     TEXT NOT NULL,
	asked     BIGINT NOT NULL,
	confirmed BIGINT NOT NULL, -- 0 is not yet
	way       TEXT NOT NULL,   -- api, letter, desk
	alarmed   BIGINT NOT NULL, -- when a chief was told; 0 is not
	token     TEXT NOT NULL,   -- hash of the one in the letter; '' is no letter
	PRIMARY KEY (wire, client)
);
CREATE INDEX client_receipt_open ON client_receipt (asked) WHERE confirmed = 0;

-- +goose Down
DROP TABLE client_receipt;
DROP TABLE client_session;
DROP TABLE client_link;
DROP TABLE client_seat;
DROP TABLE client_token;
DROP TABLE client_product;
DROP TABLE client;
ALTER TABLE story DROP COLUMN lifted;
