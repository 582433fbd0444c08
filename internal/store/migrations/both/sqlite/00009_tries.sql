-- +goose Up

-- How often somebody has guessed under a key, which is keyed and hashed; last_at
-- finds what is an hour old and goes.
CREATE TABLE tries (
    name    TEXT    NOT NULL PRIMARY KEY,
    failed  INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tries_last ON tries (last_at);
