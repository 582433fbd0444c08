-- +goose Up

-- A roll is its organisation's: two of them may stand at one place.
CREATE INDEX rolls_body ON rolls (org_id, assembly, holds_from);
