-- +goose Up

-- Who was the second person of a decision that takes a result back, and why he sent it back.
ALTER TABLE objections ADD COLUMN seconded_by TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
