-- +goose Up

-- How many bytes of photos a person has sent on a day.
CREATE TABLE photo_budgets (
    person_id TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    bytes     INTEGER NOT NULL,
    PRIMARY KEY (person_id, day)
) STRICT;
