-- +goose Up

-- Why holders of a priority right cannot be reached.
ALTER TABLE tenders ADD COLUMN priority_unreached VARCHAR(1000) NOT NULL DEFAULT '';
