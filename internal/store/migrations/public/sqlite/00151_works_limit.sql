-- +goose Up

-- The limit of a small work on the day on which it was opened; 0 before.
ALTER TABLE projects ADD COLUMN limit_fen INTEGER NOT NULL DEFAULT 0;
