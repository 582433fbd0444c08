-- +goose Up

-- The newest moment at which some server could write, by the machines' clocks. It has one row.
CREATE TABLE beats (
    id      SMALLINT NOT NULL PRIMARY KEY,
    last_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- When no server could write, by the deciding clock.
CREATE TABLE outages (
    from_at  BIGINT NOT NULL PRIMARY KEY,
    until_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outages_until ON outages (until_at);

-- How often lost time was given back to a lot's bidding, and what was lost last.
ALTER TABLE lots ADD COLUMN breaks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN broken_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN broken_until BIGINT NOT NULL DEFAULT 0;
