-- +goose Up

-- What a price is for, of how much, and what the collective does with it. Empty is a mu, for
-- a year, let: all was so before.
ALTER TABLE assets ADD COLUMN measure TEXT NOT NULL DEFAULT '';
ALTER TABLE assets ADD COLUMN last_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN measure TEXT NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN measure TEXT NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN measure TEXT NOT NULL DEFAULT '';
ALTER TABLE awards ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE awards ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE awards ADD COLUMN measure TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN side TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN measure TEXT NOT NULL DEFAULT '';
ALTER TABLE occupancies ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE occupancies ADD COLUMN sold INTEGER NOT NULL DEFAULT 0;

-- What a period comes to, so that sums of different units can be set beside each other.
ALTER TABLE tenders ADD COLUMN yearly INTEGER NOT NULL DEFAULT 0;
UPDATE tenders SET yearly = (start_price * area + 50) / 100;
DROP INDEX tenders_start;
CREATE INDEX tenders_yearly ON tenders (state, yearly, id);

ALTER TABLE awards ADD COLUMN years INTEGER NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN last_yearly INTEGER NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN start_yearly INTEGER NOT NULL DEFAULT 0;
UPDATE awards SET years = (SELECT lots.years FROM lots WHERE lots.id = awards.id),
    last_yearly = (last_rent * area + 50) / 100, start_yearly = (start_price * area + 50) / 100;
ALTER TABLE awards DROP COLUMN last_rent;
ALTER TABLE awards DROP COLUMN start_price;

ALTER TABLE contracts ADD COLUMN years INTEGER NOT NULL DEFAULT 0;
UPDATE contracts SET years = COALESCE((SELECT lots.years FROM lots WHERE lots.id = contracts.id), 0);
