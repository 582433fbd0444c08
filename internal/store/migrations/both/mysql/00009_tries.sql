-- +goose Up

-- How often somebody has guessed under a key, which is keyed and hashed; last_at
-- finds what is an hour old and goes.
CREATE TABLE tries (
    name    CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    failed  BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    KEY tries_last (last_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
