-- +goose Up

-- Micro-power items. The published editions are documents; body is the newest
-- of them, draft what is prepared to follow it.
CREATE TABLE items (
    id           TEXT NOT NULL PRIMARY KEY,
    path         TEXT NOT NULL,
    state        TEXT NOT NULL,
    version      INTEGER NOT NULL,
    edition      INTEGER NOT NULL,
    public       INTEGER NOT NULL,
    number       TEXT NOT NULL,
    name         TEXT NOT NULL,
    category     TEXT NOT NULL,
    body         TEXT NOT NULL,
    draft        TEXT NOT NULL,
    drafted_by   TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    document     TEXT NOT NULL,
    event_seq    INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX items_number ON items (path, number);
CREATE INDEX items_list ON items (public, number, id);
CREATE INDEX items_category ON items (public, category, number, id);
CREATE INDEX items_state ON items (state, path);

-- Small works. public_at is 0 until the supervision committee has confirmed
-- one; resolution_id is empty when the decision is on paper only.
CREATE TABLE projects (
    id            TEXT NOT NULL PRIMARY KEY,
    path          TEXT NOT NULL,
    village_id    TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    resolution_id TEXT NOT NULL,
    state         TEXT NOT NULL,
    version       INTEGER NOT NULL,
    name          TEXT NOT NULL,
    place         TEXT NOT NULL,
    scope         TEXT NOT NULL,
    estimate      INTEGER NOT NULL,
    plan          TEXT NOT NULL,
    budget        INTEGER NOT NULL,
    contract      INTEGER NOT NULL,
    varied        INTEGER NOT NULL,
    final         INTEGER NOT NULL,
    paid          INTEGER NOT NULL,
    reached       TEXT NOT NULL,
    next_stage    TEXT NOT NULL,
    next_due      TEXT NOT NULL,
    proposed_by   TEXT NOT NULL,
    proposed_at   INTEGER NOT NULL,
    confirmed_by  TEXT NOT NULL,
    public_at     INTEGER NOT NULL,
    mend          TEXT NOT NULL,
    document      TEXT NOT NULL,
    event_seq     INTEGER NULL,
    FOREIGN KEY (village_id) REFERENCES orgs (id),
    FOREIGN KEY (item_id) REFERENCES items (id)
) STRICT;
CREATE INDEX projects_path ON projects (path);
CREATE INDEX projects_place ON projects (state, path);
CREATE INDEX projects_public ON projects (public_at, id);
CREATE INDEX projects_state ON projects (state, public_at, id);
CREATE INDEX projects_item ON projects (item_id, public_at, id);

-- What was done in a project's stages, in the order of typing it in.
CREATE TABLE project_entries (
    id           TEXT NOT NULL PRIMARY KEY,
    project_id   TEXT NOT NULL,
    path         TEXT NOT NULL,
    state        TEXT NOT NULL,
    version      INTEGER NOT NULL,
    stage        TEXT NOT NULL,
    skipped      INTEGER NOT NULL,
    done_on      TEXT NOT NULL,
    amount       INTEGER NOT NULL,
    less         INTEGER NOT NULL,
    party        TEXT NOT NULL,
    note         TEXT NOT NULL,
    photos       TEXT NOT NULL,
    files        TEXT NOT NULL,
    recorded_by  TEXT NOT NULL,
    recorded_at  INTEGER NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at INTEGER NULL,
    mend         TEXT NOT NULL,
    event_seq    INTEGER NULL,
    FOREIGN KEY (project_id) REFERENCES projects (id)
) STRICT;
CREATE INDEX project_entries_of ON project_entries (project_id, recorded_at, id);
CREATE INDEX project_entries_pending ON project_entries (state, path);

-- Documents of projects by the hash of their bytes.
CREATE TABLE files (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes  INTEGER NOT NULL
) STRICT;

-- Who uploaded which document.
CREATE TABLE file_uploads (
    sha256      TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (sha256, person_id),
    FOREIGN KEY (sha256) REFERENCES files (sha256)
) STRICT;

-- Where documents are attached. Once public, a place stays public.
CREATE TABLE file_places (
    sha256 TEXT NOT NULL,
    path   TEXT NOT NULL,
    public INTEGER NOT NULL,
    PRIMARY KEY (sha256, path),
    FOREIGN KEY (sha256) REFERENCES files (sha256)
) STRICT;
