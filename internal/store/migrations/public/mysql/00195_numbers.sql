-- +goose Up

-- The number that a published letting has, and the last one given at each place in
-- each year.
ALTER TABLE tenders ADD COLUMN number VARCHAR(100) NOT NULL DEFAULT '';
CREATE INDEX tenders_number ON tenders (number);
CREATE TABLE counters (
  name VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  last BIGINT NOT NULL
);
