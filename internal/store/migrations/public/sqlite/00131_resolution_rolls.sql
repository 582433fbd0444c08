-- +goose Up

-- The edition of the roll that says who was due: its event, its day and when it was
-- confirmed; empty while the day of the vote is.
ALTER TABLE resolutions ADD COLUMN roll_id TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN roll_seq INTEGER NULL;
ALTER TABLE resolutions ADD COLUMN roll_from TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN roll_on TEXT NOT NULL DEFAULT '';
