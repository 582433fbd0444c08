-- +goose Up

-- The number that a published letting has, and the last one given at each place in
-- each year.
ALTER TABLE tenders ADD COLUMN number TEXT NOT NULL DEFAULT '';
CREATE INDEX tenders_number ON tenders (number);
CREATE TABLE counters (
  name TEXT NOT NULL PRIMARY KEY,
  last INTEGER NOT NULL
);
