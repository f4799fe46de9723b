-- +goose Up
-- Where stories could be read before the agency came here.
CREATE TABLE old_address (
	address TEXT PRIMARY KEY, -- path and query, in one spelling
	story   TEXT NOT NULL REFERENCES story (id)
);
CREATE INDEX old_address_story ON old_address (story);

-- +goose Down
DROP TABLE old_address;
