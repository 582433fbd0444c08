-- +goose Up

-- The rule pack, with its edition, by which a resolution was judged; empty before.
ALTER TABLE resolutions ADD COLUMN rule_pack VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN rule_version BIGINT NOT NULL DEFAULT 0;
