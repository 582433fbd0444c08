-- +goose Up

-- What is listed of the whole city stands in an index in the list's order: by
-- state, then by what it is sorted by, then by id. What is listed of a place is
-- found by state and path, and sorted, for a place has little.
CREATE INDEX orgs_order ON orgs (path, name, id);
CREATE INDEX orgs_kind ON orgs (kind, path, name, id);
DROP INDEX orgs_path;

CREATE INDEX people_order ON people (name, id);

CREATE INDEX assets_order ON assets (name, id);
CREATE INDEX assets_newest ON assets (registered_at, id);
CREATE INDEX assets_area ON assets (area, id);
DROP INDEX assets_name;

CREATE INDEX resolutions_place ON resolutions (state, path);
CREATE INDEX resolutions_newest ON resolutions (state, changed_at, id);
CREATE INDEX resolutions_held ON resolutions (state, held_on, id);
CREATE INDEX resolutions_case ON resolutions (asset_id, state, changed_at, id);
DROP INDEX resolutions_changed;
DROP INDEX resolutions_asset;

CREATE INDEX tenders_place ON tenders (state, path);
CREATE INDEX tenders_newest ON tenders (state, changed_at, id);
CREATE INDEX tenders_until ON tenders (state, register_until, id);
CREATE INDEX tenders_start ON tenders (state, start_price, id);
CREATE INDEX tenders_case ON tenders (asset_id, state, changed_at, id);
DROP INDEX tenders_changed;
DROP INDEX tenders_deadline;
DROP INDEX tenders_price;
DROP INDEX tenders_asset;

CREATE INDEX supplements_place ON supplements (state, path, made_at);
DROP INDEX supplements_pending;
