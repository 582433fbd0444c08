-- +goose Up

-- Figures of a county's rules set otherwise from a day on: one administrator proposes,
-- another confirms. standing is 1 while it waits to be confirmed, then null.
CREATE TABLE amendments (
    id          TEXT NOT NULL PRIMARY KEY,
    path        TEXT NOT NULL,
    state       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    standing    INTEGER NULL,
    pack        TEXT NOT NULL,
    figure      TEXT NOT NULL,
    was         TEXT NOT NULL,
    becomes     INTEGER NOT NULL,
    from_on     TEXT NOT NULL,
    title       TEXT NOT NULL,
    article     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    answer      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    decided_by  TEXT NOT NULL,
    decided_at  INTEGER NULL,
    event_seq   INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX amendments_once ON amendments (pack, figure, standing);
CREATE INDEX amendments_place ON amendments (path, proposed_at, id);
CREATE INDEX amendments_state ON amendments (pack, state, event_seq);
