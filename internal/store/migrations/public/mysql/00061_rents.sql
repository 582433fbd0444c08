-- +goose Up

-- A slip counts once for each receiver, however its number is written. A reversal is
-- a row of its own that names the slip; only standing of a slip moves, from 1 to null.
ALTER TABLE vouchers ADD COLUMN receiver VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE vouchers ADD COLUMN serial_key VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE vouchers ADD COLUMN standing SMALLINT NULL;
ALTER TABLE vouchers ADD COLUMN reverses VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE vouchers ADD COLUMN mistake VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE vouchers DROP KEY vouchers_serial;
ALTER TABLE vouchers ADD UNIQUE KEY vouchers_serial (receiver, serial_key, standing);
ALTER TABLE vouchers ADD UNIQUE KEY vouchers_reverses (reverses);
