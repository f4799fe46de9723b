-- +goose Up
ALTER TABLE client ADD COLUMN seats BIGINT NOT NULL DEFAULT 5;
ALTER TABLE client ADD COLUMN wanted BIGINT NOT NULL DEFAULT 0; -- seats that its administrator asks for
ALTER TABLE client_seat ADD COLUMN admin BIGINT NOT NULL DEFAULT 0;
ALTER TABLE client_seat ADD COLUMN lang TEXT NOT NULL DEFAULT '';      -- of the screens and letters; '' is the client's
ALTER TABLE client_seat ADD COLUMN silence BIGINT NOT NULL DEFAULT 0;  -- hours without news until they are told; 0 is never
ALTER TABLE client_seat ADD COLUMN silent BIGINT NOT NULL DEFAULT 0;   -- when they were told; 0 is not
UPDATE client_seat SET admin = 1 WHERE id IN (SELECT MIN(id) FROM client_seat GROUP BY client);

-- +goose Down
ALTER TABLE client_seat DROP COLUMN silent;
ALTER TABLE client_seat DROP COLUMN silence;
ALTER TABLE client_seat DROP COLUMN lang;
ALTER TABLE client_seat DROP COLUMN admin;
ALTER TABLE client DROP COLUMN wanted;
ALTER TABLE client DROP COLUMN seats;
