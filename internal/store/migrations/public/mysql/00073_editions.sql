-- +goose Up

-- The rule pack, with its edition, under which a notice was published; empty before.
ALTER TABLE tenders ADD COLUMN rule_pack VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE tenders ADD COLUMN rule_version BIGINT NOT NULL DEFAULT 0;
