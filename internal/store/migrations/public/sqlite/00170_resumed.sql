-- +goose Up

-- When the outage began that moved a notice's days last; what an outage has moved of a
-- result's publicity, and the end of the last one that is known.
ALTER TABLE lots ADD COLUMN moved_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN resumed_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN known_until INTEGER NOT NULL DEFAULT 0;
