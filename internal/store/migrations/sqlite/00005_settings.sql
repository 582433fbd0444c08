-- +goose Up
-- What is true of this database as a whole, such as that it is a demonstration's.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
