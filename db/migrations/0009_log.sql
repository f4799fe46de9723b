-- +goose Up
-- Two acts within one millisecond keep their order.
ALTER TABLE story_act ADD COLUMN number BIGINT NOT NULL DEFAULT 0; -- of the acts on its story; those of before have 0

-- +goose Down
ALTER TABLE story_act DROP COLUMN number;
