-- +goose Up

-- Why a work is let apart from others like it, and what they come to together in fen.
ALTER TABLE projects ADD COLUMN split_reason VARCHAR(1200) NOT NULL DEFAULT '';
ALTER TABLE projects ADD COLUMN together BIGINT NOT NULL DEFAULT 0;
