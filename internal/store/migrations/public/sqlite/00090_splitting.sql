-- +goose Up

-- Why a work is let apart from others like it, and what they come to together in fen.
ALTER TABLE projects ADD COLUMN split_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN together INTEGER NOT NULL DEFAULT 0;
