-- +goose Up

-- Whose act is objected to, what the answer says of it, and what follows when it is right.
ALTER TABLE objections ADD COLUMN target VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'village';
ALTER TABLE objections ADD COLUMN outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN withheld VARCHAR(1000) NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN ruling VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN reason TEXT NOT NULL DEFAULT ('');
ALTER TABLE objections ADD COLUMN decide_by VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN decided_at BIGINT NULL;
ALTER TABLE objections ADD COLUMN decided_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
