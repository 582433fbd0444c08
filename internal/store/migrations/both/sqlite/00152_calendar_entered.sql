-- +goose Up

-- Schedules that one administrator has entered and that wait for another.
CREATE TABLE calendar_entered (
    year       INTEGER NOT NULL PRIMARY KEY,
    body       TEXT    NOT NULL,
    entered_by TEXT    NOT NULL,
    entered_at INTEGER NOT NULL
) STRICT;
