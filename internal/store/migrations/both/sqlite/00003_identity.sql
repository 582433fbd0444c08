-- +goose Up

CREATE TABLE orgs (
    id        TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT NULL,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    path      TEXT NOT NULL,
    FOREIGN KEY (parent_id) REFERENCES orgs (id)
) STRICT;
CREATE INDEX orgs_order ON orgs (path, name, id);
CREATE INDEX orgs_kind ON orgs (kind, path, name, id);

CREATE TABLE people (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    login         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    must_change   INTEGER NOT NULL,
    token_version INTEGER NOT NULL,
    disabled      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX people_login ON people (login);
CREATE INDEX people_order ON people (name, id);

-- until_at is null while the role has no end.
CREATE TABLE memberships (
    id        TEXT    NOT NULL PRIMARY KEY,
    person_id TEXT    NOT NULL,
    org_id    TEXT    NOT NULL,
    role      TEXT    NOT NULL,
    from_at   INTEGER NOT NULL,
    until_at  INTEGER NULL,
    FOREIGN KEY (person_id) REFERENCES people (id),
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) STRICT;
CREATE INDEX memberships_person ON memberships (person_id, from_at);
CREATE INDEX memberships_org ON memberships (org_id, role);

-- Refresh tokens by their hash; replaced_at is null on the newest of a family.
CREATE TABLE refresh_tokens (
    hash        TEXT    NOT NULL PRIMARY KEY,
    family      TEXT    NOT NULL,
    person_id   TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    replaced_at INTEGER NULL,
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT;
CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
CREATE INDEX refresh_tokens_person ON refresh_tokens (person_id, expires_at);

-- Holidays and worked weekends of a year, as published; body is JSON.
CREATE TABLE calendar_years (
    year INTEGER NOT NULL PRIMARY KEY,
    body TEXT    NOT NULL
) STRICT;
