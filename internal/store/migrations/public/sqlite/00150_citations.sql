-- +goose Up

-- Articles looked up in the text that followed an amendment: one administrator
-- enters, another confirms. standing is 1 while it waits to be confirmed, then null.
CREATE TABLE citations (
    id         TEXT NOT NULL PRIMARY KEY,
    path       TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    standing   INTEGER NULL,
    cites      TEXT NOT NULL,
    title      TEXT NOT NULL,
    read_as    TEXT NOT NULL,
    was        TEXT NOT NULL,
    edition    TEXT NOT NULL,
    from_on    TEXT NOT NULL,
    article    TEXT NOT NULL,
    answer     TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NULL,
    event_seq  INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX citations_once ON citations (cites, standing);
CREATE INDEX citations_place ON citations (path, entered_at, id);
CREATE INDEX citations_state ON citations (state, decided_at, id);
