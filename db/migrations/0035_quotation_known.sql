-- +goose Up
-- Who of the register said it.
ALTER TABLE quotation ADD COLUMN known TEXT NOT NULL DEFAULT ''; -- '' is nobody there
CREATE INDEX quotation_known ON quotation (known, said);

-- +goose Down
DROP INDEX quotation_known;
ALTER TABLE quotation DROP COLUMN known;
