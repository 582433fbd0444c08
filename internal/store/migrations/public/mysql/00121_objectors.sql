-- +goose Up

-- Who raised it, when signed in: his own share is counted by him. Empty when not.
ALTER TABLE objections ADD COLUMN raised_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
