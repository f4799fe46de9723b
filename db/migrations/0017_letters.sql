-- +goose Up
-- The end of which its reader has had a letter; 0 is none.
ALTER TABLE reader_pass ADD COLUMN told BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE reader_pass DROP COLUMN told;
