-- +goose Up

-- What is listed of the whole city stands in an index in the list's order: by
-- state, then by what it is sorted by, then by id. What is listed of a place is
-- found by state and path, and sorted, for a place has little.
ALTER TABLE orgs
    ADD KEY orgs_order (path, name, id),
    ADD KEY orgs_kind (kind, path, name, id),
    DROP KEY orgs_path;
ALTER TABLE people
    ADD KEY people_order (name, id);
ALTER TABLE assets
    ADD KEY assets_order (name, id),
    ADD KEY assets_newest (registered_at, id),
    ADD KEY assets_area (area, id),
    DROP KEY assets_name;
ALTER TABLE resolutions
    ADD KEY resolutions_place (state, path),
    ADD KEY resolutions_newest (state, changed_at, id),
    ADD KEY resolutions_held (state, held_on, id),
    ADD KEY resolutions_case (asset_id, state, changed_at, id),
    DROP KEY resolutions_changed,
    DROP KEY resolutions_asset;
ALTER TABLE tenders
    ADD KEY tenders_place (state, path),
    ADD KEY tenders_newest (state, changed_at, id),
    ADD KEY tenders_until (state, register_until, id),
    ADD KEY tenders_start (state, start_price, id),
    ADD KEY tenders_case (asset_id, state, changed_at, id),
    DROP KEY tenders_changed,
    DROP KEY tenders_deadline,
    DROP KEY tenders_price,
    DROP KEY tenders_asset;
ALTER TABLE supplements
    ADD KEY supplements_place (state, path, made_at),
    DROP KEY supplements_pending;
