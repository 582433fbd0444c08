-- +goose Up

-- The newest moment at which some server could write, by the machines' clocks. It has one row.
CREATE TABLE beats (
    id      INTEGER NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL
) STRICT;

-- When no server could write, by the deciding clock.
CREATE TABLE outages (
    from_at  INTEGER NOT NULL PRIMARY KEY,
    until_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outages_until ON outages (until_at);

-- How often lost time was given back to a lot's bidding, and what was lost last.
ALTER TABLE lots ADD COLUMN breaks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN broken_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN broken_until INTEGER NOT NULL DEFAULT 0;
