-- +goose Up

-- Which days a notice, and a result, had before a year's schedule moved them last.
ALTER TABLE lots ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN moved_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN moved_opens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE awards ADD COLUMN moved_until INTEGER NOT NULL DEFAULT 0;
