-- +goose Up
-- Why a planned sending did not happen, as JSON; '' is no reason.
ALTER TABLE story ADD COLUMN send_missed TEXT NOT NULL DEFAULT '';
CREATE INDEX story_send_missed ON story (changed) WHERE send_missed <> '';

-- Whose turn it is to do what one machine of several does at a time.
CREATE TABLE turn (
	name   TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	until  BIGINT NOT NULL -- when it ends by itself
);

-- +goose Down
DROP TABLE turn;
DROP INDEX story_send_missed;
ALTER TABLE story DROP COLUMN send_missed;
