-- +goose Up
-- Whether an endpoint gets the pictures of a story as files.
ALTER TABLE push_endpoint ADD COLUMN pictures BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE push_endpoint DROP COLUMN pictures;
