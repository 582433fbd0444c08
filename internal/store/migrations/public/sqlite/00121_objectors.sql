-- +goose Up

-- Who raised it, when signed in: his own share is counted by him. Empty when not.
ALTER TABLE objections ADD COLUMN raised_by TEXT NOT NULL DEFAULT '';
