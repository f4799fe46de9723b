-- +goose Up
-- What a client's contract was until it was changed: of what it gave then, a
-- kill is still told.
CREATE TABLE client_past (
	client TEXT NOT NULL REFERENCES client (id),
	until  BIGINT NOT NULL,
	terms  TEXT NOT NULL, -- as reveal has them, JSON
	PRIMARY KEY (client, until)
);

-- +goose Down
DROP TABLE client_past;
