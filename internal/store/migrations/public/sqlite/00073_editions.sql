-- +goose Up

-- The rule pack, with its edition, under which a notice was published; empty before.
ALTER TABLE tenders ADD COLUMN rule_pack TEXT NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN rule_version INTEGER NOT NULL DEFAULT 0;
