-- +goose Up

-- The edition of the roll that says who was due: its event, its day and when it was
-- confirmed; empty while the day of the vote is.
ALTER TABLE resolutions ADD COLUMN roll_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN roll_seq BIGINT NULL;
ALTER TABLE resolutions ADD COLUMN roll_from VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN roll_on VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
