-- +goose Up
-- The embargo of what was sent last, for the desk's list of what waits on the
-- wire; 0 is none.
ALTER TABLE story ADD COLUMN waits BIGINT NOT NULL DEFAULT 0;
UPDATE story SET waits = COALESCE((SELECT p.embargo FROM published p WHERE p.story = story.id), 0);
CREATE INDEX story_waits ON story (waits) WHERE waits > 0;

-- What a planned sending is to be: 'update', 'correct', or '' for the first
-- one; and its texts, as JSON.
ALTER TABLE story ADD COLUMN send_act TEXT NOT NULL DEFAULT '';
ALTER TABLE story ADD COLUMN send_texts TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE story DROP COLUMN send_texts;
ALTER TABLE story DROP COLUMN send_act;
DROP INDEX story_waits;
ALTER TABLE story DROP COLUMN waits;
