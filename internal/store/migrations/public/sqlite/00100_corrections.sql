-- +goose Up

-- The confirmed entry of the same work that this one corrects; empty when none.
ALTER TABLE project_entries ADD COLUMN corrects TEXT NOT NULL DEFAULT '';
