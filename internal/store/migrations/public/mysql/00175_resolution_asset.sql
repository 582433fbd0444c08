-- +goose Up

-- What the asset was when the vote was typed in: a vote carries no other letting.
ALTER TABLE resolutions ADD COLUMN asset_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN area BIGINT NOT NULL DEFAULT 0;
UPDATE resolutions SET
    asset_kind = (SELECT kind FROM assets WHERE assets.id = asset_id),
    area = (SELECT assets.area FROM assets WHERE assets.id = asset_id);
