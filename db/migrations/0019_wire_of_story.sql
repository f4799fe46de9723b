-- +goose Up
CREATE INDEX wire_record_story ON wire_record (story, number);

-- +goose Down
DROP INDEX wire_record_story;
