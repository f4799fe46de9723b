-- +goose Up
-- What the desk knows of a story beside its text.
ALTER TABLE story ADD COLUMN writer TEXT NOT NULL DEFAULT '';         -- who began it; '' is an import
ALTER TABLE story ADD COLUMN desk TEXT NOT NULL DEFAULT '';           -- id of one of the masthead's desks; '' is the first
ALTER TABLE story ADD COLUMN stage TEXT NOT NULL DEFAULT '';          -- id of the desk's stage; '' is the state's first
ALTER TABLE story ADD COLUMN assigned TEXT NOT NULL DEFAULT '';       -- whose turn it is; '' is anybody's
ALTER TABLE story ADD COLUMN legal TEXT NOT NULL DEFAULT '';          -- why lawyers must look first; '' is no reason
ALTER TABLE story ADD COLUMN send_at BIGINT NOT NULL DEFAULT 0;       -- when it is to be sent; 0 is not planned
ALTER TABLE story ADD COLUMN send_by TEXT NOT NULL DEFAULT '';        -- in whose name
ALTER TABLE story ADD COLUMN send_base BIGINT NOT NULL DEFAULT 0;     -- the revision that was approved for it
ALTER TABLE story ADD COLUMN origin TEXT NOT NULL DEFAULT '';         -- the story that it translates; '' is none
ALTER TABLE story ADD COLUMN origin_revision BIGINT NOT NULL DEFAULT 0; -- the origin's revision that it agrees with
ALTER TABLE story ADD COLUMN alert BIGINT NOT NULL DEFAULT 0;         -- 1: readers have the headline alone, the story follows
ALTER TABLE story ADD COLUMN title TEXT NOT NULL DEFAULT '';          -- headline and slug in small letters, for the desk's search
UPDATE story SET writer = COALESCE((SELECT r.person FROM story_revision r WHERE r.story = story.id AND r.number = 1), '');
CREATE INDEX story_send_at ON story (send_at) WHERE send_at > 0;
CREATE INDEX story_assigned ON story (assigned, changed DESC) WHERE assigned <> '';
CREATE INDEX story_origin ON story (origin) WHERE origin <> '';

ALTER TABLE person ADD COLUMN sections TEXT NOT NULL DEFAULT ''; -- ids that their rights are limited to, apart by blanks; '' is none
ALTER TABLE person ADD COLUMN frozen BIGINT NOT NULL DEFAULT 0; -- since when; 0 is not
ALTER TABLE person ADD COLUMN left_at BIGINT NOT NULL DEFAULT 0; -- when they left the agency; 0 is still here

-- +goose Down
ALTER TABLE person DROP COLUMN left_at;
ALTER TABLE person DROP COLUMN frozen;
ALTER TABLE person DROP COLUMN sections;
DROP INDEX story_origin;
DROP INDEX story_assigned;
DROP INDEX story_send_at;
ALTER TABLE story DROP COLUMN title;
ALTER TABLE story DROP COLUMN alert;
ALTER TABLE story DROP COLUMN origin_revision;
ALTER TABLE story DROP COLUMN origin;
ALTER TABLE story DROP COLUMN send_base;
ALTER TABLE story DROP COLUMN send_by;
ALTER TABLE story DROP COLUMN send_at;
ALTER TABLE story DROP COLUMN legal;
ALTER TABLE story DROP COLUMN assigned;
ALTER TABLE story DROP COLUMN stage;
ALTER TABLE story DROP COLUMN desk;
ALTER TABLE story DROP COLUMN writer;
