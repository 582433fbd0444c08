-- +goose Up

-- What is listed of the whole city stands in an index in the list's order: by
-- state, then by what it is sorted by, then by id. What is listed of a place is
-- found by state and path, and sorted, for a place has little.

-- What villages and groups own. The public versions are documents; this is the newest.
CREATE TABLE assets (
    id            TEXT NOT NULL PRIMARY KEY,
    path          TEXT NOT NULL,
    owner_id      TEXT NOT NULL,
    acting_id     TEXT NOT NULL,
    assembly      TEXT NOT NULL,
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL,
    location      TEXT NOT NULL,
    area          INTEGER NOT NULL,
    plots         TEXT NOT NULL,
    land_use      TEXT NOT NULL,
    title         TEXT NOT NULL,
    last_rent     INTEGER NOT NULL,
    last_ends     TEXT NOT NULL,
    last_tenant   TEXT NOT NULL,
    photos        TEXT NOT NULL,
    version       INTEGER NOT NULL,
    registered_by TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    event_seq     INTEGER NOT NULL,
    document      TEXT NOT NULL,
    FOREIGN KEY (owner_id) REFERENCES orgs (id),
    FOREIGN KEY (acting_id) REFERENCES orgs (id)
) STRICT;
CREATE INDEX assets_path ON assets (path, name);
CREATE INDEX assets_order ON assets (name, id);
CREATE INDEX assets_newest ON assets (registered_at, id);
CREATE INDEX assets_area ON assets (area, id);

-- The assembly's decisions, typed in from paper.
CREATE TABLE resolutions (
    id            TEXT NOT NULL PRIMARY KEY,
    asset_id      TEXT NOT NULL,
    path          TEXT NOT NULL,
    assembly      TEXT NOT NULL,
    state         TEXT NOT NULL,
    version       INTEGER NOT NULL,
    years         INTEGER NOT NULL,
    floor_price   INTEGER NOT NULL,
    outsiders     INTEGER NOT NULL,
    priorities    TEXT NOT NULL,
    steps         TEXT NOT NULL,
    sign_in       TEXT NOT NULL,
    minutes       TEXT NOT NULL,
    held_on       TEXT NOT NULL,
    due           INTEGER NOT NULL,
    present       INTEGER NOT NULL,
    votes_for     INTEGER NOT NULL,
    votes_against INTEGER NOT NULL,
    abstained     INTEGER NOT NULL,
    lawful        INTEGER NOT NULL,
    reasons       TEXT NOT NULL,
    mend          TEXT NOT NULL,
    recorded_by   TEXT NOT NULL,
    submitted_by  TEXT NOT NULL,
    confirmed_by  TEXT NOT NULL,
    confirmed_at  INTEGER NULL,
    event_seq     INTEGER NULL,
    changed_at    INTEGER NOT NULL,
    FOREIGN KEY (asset_id) REFERENCES assets (id)
) STRICT;
CREATE INDEX resolutions_path ON resolutions (path, changed_at);
CREATE INDEX resolutions_place ON resolutions (state, path);
CREATE INDEX resolutions_newest ON resolutions (state, changed_at, id);
CREATE INDEX resolutions_held ON resolutions (state, held_on, id);
CREATE INDEX resolutions_case ON resolutions (asset_id, state, changed_at, id);

-- Who was due and how they voted, in the order of the sign-in sheet. Never public.
CREATE TABLE resolution_votes (
    resolution_id TEXT NOT NULL,
    number        INTEGER NOT NULL,
    name          TEXT NOT NULL,
    person_id     TEXT NULL,
    choice        TEXT NOT NULL,
    PRIMARY KEY (resolution_id, number),
    FOREIGN KEY (resolution_id) REFERENCES resolutions (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT;
CREATE UNIQUE INDEX resolution_votes_person ON resolution_votes (resolution_id, person_id);
CREATE INDEX resolution_votes_of ON resolution_votes (person_id);

-- Lettings of an asset.
CREATE TABLE tenders (
    id                TEXT NOT NULL PRIMARY KEY,
    asset_id          TEXT NOT NULL,
    resolution_id     TEXT NOT NULL,
    path              TEXT NOT NULL,
    state             TEXT NOT NULL,
    version           INTEGER NOT NULL,
    area              INTEGER NOT NULL,
    title             TEXT NOT NULL,
    start_price       INTEGER NOT NULL,
    step              INTEGER NOT NULL,
    deposit_percent   INTEGER NOT NULL,
    years             INTEGER NOT NULL,
    starts_on         TEXT NOT NULL,
    rent_due          TEXT NOT NULL,
    notice_days       INTEGER NOT NULL,
    inspection_on     TEXT NOT NULL,
    inspection_place  TEXT NOT NULL,
    land_use          TEXT NOT NULL,
    conditions        TEXT NOT NULL,
    qualification     TEXT NOT NULL,
    material          TEXT NOT NULL,
    burdens           TEXT NOT NULL,
    pricing_basis     TEXT NOT NULL,
    priority_notified TEXT NOT NULL,
    deposit_account   TEXT NOT NULL,
    fees              TEXT NOT NULL,
    contact           TEXT NOT NULL,
    supervision       TEXT NOT NULL,
    warnings          TEXT NOT NULL,
    media             TEXT NOT NULL,
    mend              TEXT NOT NULL,
    drafted_by        TEXT NOT NULL,
    submitted_by      TEXT NOT NULL,
    checked_by        TEXT NOT NULL,
    approved_by       TEXT NOT NULL,
    announced_by      TEXT NOT NULL,
    announced_at      INTEGER NULL,
    register_until    INTEGER NULL,
    opens_at          INTEGER NULL,
    firm              INTEGER NOT NULL,
    document          TEXT NOT NULL,
    event_seq         INTEGER NULL,
    board_photo       TEXT NOT NULL,
    posted_at         INTEGER NULL,
    changed_at        INTEGER NOT NULL,
    returned_terms TEXT NULL, -- the terms as they were when they were returned, to show what has changed since
    FOREIGN KEY (asset_id) REFERENCES assets (id),
    FOREIGN KEY (resolution_id) REFERENCES resolutions (id)
) STRICT;
CREATE INDEX tenders_path ON tenders (path, state);
CREATE INDEX tenders_resolution ON tenders (resolution_id);
CREATE INDEX tenders_place ON tenders (state, path);
CREATE INDEX tenders_newest ON tenders (state, changed_at, id);
CREATE INDEX tenders_until ON tenders (state, register_until, id);
CREATE INDEX tenders_start ON tenders (state, start_price, id);
CREATE INDEX tenders_case ON tenders (asset_id, state, changed_at, id);

-- Corrections of a published notice; number is from 1 within the tender.
CREATE TABLE supplements (
    id             TEXT NOT NULL PRIMARY KEY,
    tender_id      TEXT NOT NULL,
    path           TEXT NOT NULL,
    number         INTEGER NOT NULL,
    state          TEXT NOT NULL,
    version        INTEGER NOT NULL,
    body           TEXT NOT NULL,
    proposed_by    TEXT NOT NULL,
    released_by    TEXT NOT NULL,
    mend           TEXT NOT NULL,
    released_at    INTEGER NULL,
    register_until INTEGER NULL,
    opens_at       INTEGER NULL,
    firm           INTEGER NOT NULL,
    document       TEXT NOT NULL,
    event_seq      INTEGER NULL,
    made_at        INTEGER NOT NULL,
    FOREIGN KEY (tender_id) REFERENCES tenders (id)
) STRICT;
CREATE UNIQUE INDEX supplements_number ON supplements (tender_id, number);
CREATE INDEX supplements_place ON supplements (state, path, made_at);

-- Who did what, as whom, with which reasons. Private.
CREATE TABLE acts (
    id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    noun      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    person_id TEXT NOT NULL,
    role      TEXT NOT NULL,
    acted_at  INTEGER NOT NULL,
    reasons   TEXT NOT NULL
) STRICT;
CREATE INDEX acts_noun ON acts (noun, id);

-- Public documents, whose hash an event carries.
CREATE TABLE documents (
    sha256  TEXT NOT NULL PRIMARY KEY,
    body    BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

-- Photos by the hash of their clean copy.
CREATE TABLE photos (
    sha256 TEXT NOT NULL PRIMARY KEY,
    width  INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes  INTEGER NOT NULL
) STRICT;

-- Who uploaded which photo; original is the hash of the file as it came.
CREATE TABLE photo_uploads (
    sha256      TEXT NOT NULL,
    person_id   TEXT NOT NULL,
    original    TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (sha256, person_id),
    FOREIGN KEY (sha256) REFERENCES photos (sha256)
) STRICT;

-- Where photos are attached. Once public, a place stays public.
CREATE TABLE photo_places (
    sha256 TEXT NOT NULL,
    path   TEXT NOT NULL,
    public INTEGER NOT NULL,
    PRIMARY KEY (sha256, path),
    FOREIGN KEY (sha256) REFERENCES photos (sha256)
) STRICT;
