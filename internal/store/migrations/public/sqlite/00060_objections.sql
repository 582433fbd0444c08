-- +goose Up

-- Whose act is objected to, what the answer says of it, and what follows when it is right.
ALTER TABLE objections ADD COLUMN target TEXT NOT NULL DEFAULT 'village';
ALTER TABLE objections ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN withheld TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN ruling TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN decide_by TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN decided_at INTEGER NULL;
ALTER TABLE objections ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
