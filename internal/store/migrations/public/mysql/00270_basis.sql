-- +goose Up

-- What a price is for, of how much, and what the collective does with it. Empty is a mu, for
-- a year, let: all was so before.
ALTER TABLE assets ADD COLUMN measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE assets ADD COLUMN last_unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE awards ADD COLUMN side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE awards ADD COLUMN unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE awards ADD COLUMN measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE occupancies ADD COLUMN unit VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE occupancies ADD COLUMN sold BIGINT NOT NULL DEFAULT 0;

-- What a period comes to, so that sums of different units can be set beside each other.
ALTER TABLE tenders ADD COLUMN yearly BIGINT NOT NULL DEFAULT 0;
UPDATE tenders SET yearly = (start_price * area + 50) DIV 100;
DROP INDEX tenders_start ON tenders;
CREATE INDEX tenders_yearly ON tenders (state, yearly, id);

ALTER TABLE awards ADD COLUMN years BIGINT NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN last_yearly BIGINT NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN start_yearly BIGINT NOT NULL DEFAULT 0;
UPDATE awards SET years = (SELECT lots.years FROM lots WHERE lots.id = awards.id),
    last_yearly = (last_rent * area + 50) DIV 100, start_yearly = (start_price * area + 50) DIV 100;
ALTER TABLE awards DROP COLUMN last_rent;
ALTER TABLE awards DROP COLUMN start_price;

ALTER TABLE contracts ADD COLUMN years BIGINT NOT NULL DEFAULT 0;
UPDATE contracts SET years = COALESCE((SELECT lots.years FROM lots WHERE lots.id = contracts.id), 0);
