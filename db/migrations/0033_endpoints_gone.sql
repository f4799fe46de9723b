-- +goose Up
-- When the endpoint answered that it is gone for ever, which switched it off;
-- 0 is never.
ALTER TABLE push_endpoint ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE push_endpoint DROP COLUMN gone;
