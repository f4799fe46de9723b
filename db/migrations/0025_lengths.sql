-- +goose Up
-- Stories that were sent before their length was told are looked through anew
-- when the program starts.
UPDATE story SET facts = '' WHERE id IN (SELECT story FROM published WHERE plan <> '' AND head NOT LIKE '%"length":%');

-- +goose Down
