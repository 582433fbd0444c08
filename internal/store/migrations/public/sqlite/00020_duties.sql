-- +goose Up

-- What waits for somebody until an act answers it. standing is 1, and null once it
-- is settled: a noun has one duty of a kind and person that waits. person is empty
-- when an office holds it, case_id finds it on the page of its case. A due_on of
-- 9999-12-31 says that no day is set: lists by day have it last.
CREATE TABLE duties (
    id         TEXT NOT NULL PRIMARY KEY,
    noun       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    person     TEXT NOT NULL,
    standing   INTEGER NULL,
    case_id    TEXT NOT NULL,
    path       TEXT NOT NULL,
    title      TEXT NOT NULL,
    note       TEXT NOT NULL,
    from_on    TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    owed_at    INTEGER NOT NULL,
    settled_at INTEGER NULL,
    settled_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX duties_once ON duties (noun, kind, person, standing);
CREATE INDEX duties_desk ON duties (standing, path, kind, due_on, from_on);
CREATE INDEX duties_own ON duties (person, standing, kind, due_on, from_on);
CREATE INDEX duties_case ON duties (case_id, standing);
