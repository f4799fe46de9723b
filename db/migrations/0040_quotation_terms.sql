-- +goose Up
-- What a quotation is found by is read from its words when somebody asks.
ALTER TABLE quotation DROP COLUMN speaker_terms;
ALTER TABLE quotation DROP COLUMN words_terms;

-- +goose Down
ALTER TABLE quotation ADD COLUMN speaker_terms TEXT NOT NULL DEFAULT '';
ALTER TABLE quotation ADD COLUMN words_terms TEXT NOT NULL DEFAULT '';
