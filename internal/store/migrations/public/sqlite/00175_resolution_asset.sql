-- +goose Up

-- What the asset was when the vote was typed in: a vote carries no other letting.
ALTER TABLE resolutions ADD COLUMN asset_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE resolutions ADD COLUMN area INTEGER NOT NULL DEFAULT 0;
UPDATE resolutions SET
    asset_kind = (SELECT kind FROM assets WHERE assets.id = asset_id),
    area = (SELECT assets.area FROM assets WHERE assets.id = asset_id);
