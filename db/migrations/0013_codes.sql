-- +goose Up
-- A code is a signed note: none is kept. A batch counts its own; what has been
-- used leaves a keyed hash that leads to no reader and to no batch. Rows of
-- hashes lie at places drawn at random, so that their order tells no time.
CREATE TABLE code_batch (
	number BIGINT PRIMARY KEY,  -- drawn at random; the code's first four signs
	kind   TEXT NOT NULL,       -- 'partner', 'gift' or 'pool'
	name   TEXT NOT NULL,       -- the agency's own; '' of gifts
	plan   TEXT NOT NULL,
	days   BIGINT NOT NULL,
	made   BIGINT NOT NULL,     -- codes, or the seats of a pool
	used   BIGINT NOT NULL,
	closed BIGINT NOT NULL,
	day    TEXT NOT NULL        -- on which it was begun; '' of gifts
);
CREATE UNIQUE INDEX code_batch_gift ON code_batch (plan, days) WHERE kind = 'gift';
CREATE TABLE code_spent (
	place INTEGER PRIMARY KEY,
	mark  TEXT NOT NULL UNIQUE  -- of a code, or of a reader and a pool
);

-- +goose Down
DROP TABLE code_spent;
DROP TABLE code_batch;
