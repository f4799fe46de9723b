-- +goose Up
-- A coupon that is limited counts when it is paid with; until then the order
-- holds it.
ALTER TABLE till_order ADD COLUMN coupon TEXT NOT NULL DEFAULT '';

-- What a forgotten order opened no longer bears its name.
INSERT INTO reader_pass (reader, plan, kind, origin, until, told)
	SELECT reader, plan, 'paid', '', MAX(until), MAX(told) FROM reader_pass
	WHERE kind = 'paid' AND origin <> '' AND origin NOT IN (SELECT id FROM till_order)
	GROUP BY reader, plan
	ON CONFLICT (reader, plan, kind, origin) DO UPDATE SET until = excluded.until, told = excluded.told;
DELETE FROM reader_pass WHERE kind = 'paid' AND origin <> '' AND origin NOT IN (SELECT id FROM till_order);

-- +goose Down
ALTER TABLE till_order DROP COLUMN coupon;
