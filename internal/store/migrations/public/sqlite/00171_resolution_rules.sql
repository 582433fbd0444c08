-- +goose Up

-- The rule pack, with its edition, by which a resolution was judged; empty before.
ALTER TABLE resolutions ADD COLUMN rule_pack TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN rule_version INTEGER NOT NULL DEFAULT 0;
