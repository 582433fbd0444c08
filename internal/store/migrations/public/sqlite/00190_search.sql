-- +goose Up

-- What the public finds, one row each, written with what it is of. body has what is
-- compared, folded, the title in its first line.
CREATE TABLE search_entries (
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    title TEXT NOT NULL,
    note  TEXT NOT NULL,
    place TEXT NOT NULL,
    body  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

-- The pieces by which it is found, the newest last.
CREATE TABLE search_tokens (
    token TEXT NOT NULL,
    kind  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    id    TEXT NOT NULL,
    PRIMARY KEY (token, kind, at, id)
) STRICT, WITHOUT ROWID;

-- What was there before, until a server that runs has indexed it.
CREATE TABLE search_waiting (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
INSERT INTO search_waiting (kind, id) SELECT 'village', id FROM orgs WHERE kind = 'village_committee';
INSERT INTO search_waiting (kind, id) SELECT 'notice', id FROM tenders;
INSERT INTO search_waiting (kind, id) SELECT 'result', id FROM awards;
INSERT INTO search_waiting (kind, id) SELECT 'contract', id FROM contracts;
INSERT INTO search_waiting (kind, id) SELECT 'asset', id FROM assets;
INSERT INTO search_waiting (kind, id) SELECT 'work', id FROM projects;
INSERT INTO search_waiting (kind, id) SELECT 'item', id FROM items;
