-- +goose Up

-- What a bidder says to be to the collective; empty for who was not asked yet. A refused
-- registration stands no more than a pulled one: its person may register anew.
ALTER TABLE registrations ADD COLUMN bids_as VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
UPDATE registrations SET standing = NULL WHERE state = 'refused';
