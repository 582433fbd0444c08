-- +goose Up

-- A slip counts once for each receiver, however its number is written. A reversal is
-- a row of its own that names the slip; only standing of a slip moves, from 1 to null.
ALTER TABLE vouchers ADD COLUMN receiver TEXT NOT NULL DEFAULT '';
ALTER TABLE vouchers ADD COLUMN serial_key TEXT NOT NULL DEFAULT '';
ALTER TABLE vouchers ADD COLUMN standing INTEGER NULL;
ALTER TABLE vouchers ADD COLUMN reverses TEXT NULL;
ALTER TABLE vouchers ADD COLUMN mistake TEXT NOT NULL DEFAULT '';
DROP INDEX vouchers_serial;
CREATE UNIQUE INDEX vouchers_serial ON vouchers (receiver, serial_key, standing);
CREATE UNIQUE INDEX vouchers_reverses ON vouchers (reverses);
