-- +goose Up

-- The confirmed entry of the same work that this one corrects; empty when none.
ALTER TABLE project_entries ADD COLUMN corrects VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
