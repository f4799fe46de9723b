-- +goose Up
-- What an editor says that somebody said.
CREATE TABLE quotation (
	id            TEXT PRIMARY KEY, -- of the story and the words
	story         TEXT NOT NULL REFERENCES story (id),
	lang          TEXT NOT NULL,
	words         TEXT NOT NULL,
	speaker       TEXT NOT NULL,   -- '' is nobody: it is no quotation
	said          BIGINT NOT NULL, -- the day of the story
	person        TEXT NOT NULL,   -- who of the staff says so
	at            BIGINT NOT NULL,
	speaker_terms TEXT NOT NULL,   -- by which it is found, each between spaces
	words_terms   TEXT NOT NULL
);
CREATE INDEX quotation_story ON quotation (story);
CREATE INDEX quotation_said ON quotation (said, id);

-- +goose Down
DROP TABLE quotation;
