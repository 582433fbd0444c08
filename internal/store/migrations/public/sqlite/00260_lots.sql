-- +goose NO TRANSACTION
-- +goose Up

-- A lot has an id of its own; it knows the tender by which it was announced, and its number
-- there. Those of before keep the id that they had from their tender. SQLite changes no foreign
-- key: the table is made anew, while keys are not looked at.
PRAGMA foreign_keys = OFF;
BEGIN;
DROP TABLE IF EXISTS lots_of_tenders;
CREATE TABLE lots_of_tenders (
    id             TEXT NOT NULL PRIMARY KEY,
    tender_id      TEXT NOT NULL,
    number         INTEGER NOT NULL,
    path           TEXT NOT NULL,
    code           TEXT NOT NULL,
    state          TEXT NOT NULL,
    mode           TEXT NOT NULL,
    area           INTEGER NOT NULL,
    years          INTEGER NOT NULL,
    deposit        INTEGER NOT NULL,
    register_until INTEGER NOT NULL,
    start_price    INTEGER NOT NULL,
    step           INTEGER NOT NULL,
    most_steps     INTEGER NOT NULL,
    free_ms        INTEGER NOT NULL,
    window_ms      INTEGER NOT NULL,
    extend_ms      INTEGER NOT NULL,
    opens_at       INTEGER NOT NULL,
    ends_at        INTEGER NOT NULL,
    bids           INTEGER NOT NULL,
    leading_bidder TEXT NOT NULL,
    leading_rank   INTEGER NOT NULL,
    leading_price  INTEGER NOT NULL,
    leading_match  INTEGER NOT NULL,
    leading_at     INTEGER NULL,
    bidders        INTEGER NOT NULL,
    event_seq      INTEGER NULL,
    breaks         INTEGER NOT NULL DEFAULT 0,
    broken_from    INTEGER NOT NULL DEFAULT 0,
    broken_until   INTEGER NOT NULL DEFAULT 0,
    moved_at       INTEGER NOT NULL DEFAULT 0,
    moved_until    INTEGER NOT NULL DEFAULT 0,
    moved_opens    INTEGER NOT NULL DEFAULT 0,
    moved_from     INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (tender_id) REFERENCES tenders (id)
) STRICT;
INSERT INTO lots_of_tenders (
  id, tender_id, number, path, code, state, mode, area, years, deposit, register_until, start_price,
  step, most_steps, free_ms, window_ms, extend_ms, opens_at, ends_at, bids, leading_bidder,
  leading_rank, leading_price, leading_match, leading_at, bidders, event_seq, breaks, broken_from,
  broken_until, moved_at, moved_until, moved_opens, moved_from
)
SELECT
  id, id, 1, path, code, state, mode, area, years, deposit, register_until, start_price, step,
  most_steps, free_ms, window_ms, extend_ms, opens_at, ends_at, bids, leading_bidder, leading_rank,
  leading_price, leading_match, leading_at, bidders, event_seq, breaks, broken_from, broken_until,
  moved_at, moved_until, moved_opens, moved_from
FROM lots;
DROP TABLE lots;
ALTER TABLE lots_of_tenders RENAME TO lots;
CREATE UNIQUE INDEX lots_code ON lots (code);
CREATE UNIQUE INDEX lots_numbered ON lots (tender_id, number);
CREATE INDEX lots_path ON lots (path);
CREATE INDEX lots_place ON lots (state, path);
CREATE INDEX lots_opens ON lots (state, opens_at, id);
CREATE INDEX lots_ends ON lots (state, ends_at, id);
COMMIT;
PRAGMA foreign_keys = ON;
