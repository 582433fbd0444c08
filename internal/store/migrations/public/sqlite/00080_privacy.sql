-- +goose Up

-- Where a public document belongs.
ALTER TABLE documents ADD COLUMN path TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_place ON documents (path, made_at);

-- Numbers that look like a person's and are an office's: one person asks, another
-- clears. standing is 1 while the number is asked for or cleared, then null.
CREATE TABLE clearances (
    id         TEXT NOT NULL PRIMARY KEY,
    path       TEXT NOT NULL,
    org_id     TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    standing   INTEGER NULL,
    number     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    answer     TEXT NOT NULL,
    asked_by   TEXT NOT NULL,
    asked_at   INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NULL,
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) STRICT;
CREATE UNIQUE INDEX clearances_once ON clearances (number, path, standing);
CREATE INDEX clearances_place ON clearances (path, asked_at, id);

-- Documents, photos and files taken out of sight: one person asks, another does
-- it. standing is 1 while it is asked for or out of sight, then null.
CREATE TABLE withholdings (
    id         TEXT NOT NULL PRIMARY KEY,
    path       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    standing   INTEGER NULL,
    ground     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    answer     TEXT NOT NULL,
    office     TEXT NOT NULL,
    asked_by   TEXT NOT NULL,
    asked_at   INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NULL,
    event_seq  INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX withholdings_once ON withholdings (sha256, standing);
CREATE INDEX withholdings_place ON withholdings (path, asked_at, id);
