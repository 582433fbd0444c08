-- +goose Up

-- Which notice of its asset a tender is, and the one before it, which came to nothing. Of
-- those from before this was kept each is the first.
ALTER TABLE tenders ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tenders ADD COLUMN before_id TEXT NOT NULL DEFAULT '';
