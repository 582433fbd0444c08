-- +goose Up

-- Who is due at the bodies that decide, edition by edition. The members are never public.
CREATE TABLE rolls (
    id         TEXT NOT NULL PRIMARY KEY,
    path       TEXT NOT NULL,
    org_id     TEXT NOT NULL,
    assembly   TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    members    TEXT NOT NULL,
    due        INTEGER NOT NULL,
    mend       TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NULL,
    event_seq  INTEGER NULL,
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) STRICT;

CREATE INDEX rolls_place ON rolls (path, assembly, holds_from);
