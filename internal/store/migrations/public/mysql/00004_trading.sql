-- +goose Up

-- What is listed of the whole city stands in an index in the list's order: by
-- state, then by what it is sorted by, then by id. What is listed of a place is
-- found by state and path, and sorted, for a place has little.

-- What villages and groups own. The public versions are documents; this is the newest.
CREATE TABLE assets (
    id            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path          VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    acting_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    assembly      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name          VARCHAR(255) NOT NULL,
    kind          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    location      TEXT NOT NULL,
    area          BIGINT NOT NULL,
    plots         MEDIUMTEXT NOT NULL,
    land_use      TEXT NOT NULL,
    title         TEXT NOT NULL,
    last_rent     BIGINT NOT NULL,
    last_ends     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_tenant   TEXT NOT NULL,
    photos        MEDIUMTEXT NOT NULL,
    version       BIGINT NOT NULL,
    registered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    registered_at BIGINT NOT NULL,
    event_seq     BIGINT NOT NULL,
    document      CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY assets_path (path, name),
    KEY assets_order (name, id),
    KEY assets_newest (registered_at, id),
    KEY assets_area (area, id),
    FOREIGN KEY (owner_id) REFERENCES orgs (id),
    FOREIGN KEY (acting_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The assembly's decisions, typed in from paper.
CREATE TABLE resolutions (
    id            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    asset_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path          VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    assembly      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version       BIGINT NOT NULL,
    years         BIGINT NOT NULL,
    floor_price   BIGINT NOT NULL,
    outsiders     SMALLINT NOT NULL,
    priorities    MEDIUMTEXT NOT NULL,
    steps         MEDIUMTEXT NOT NULL,
    sign_in       MEDIUMTEXT NOT NULL,
    minutes       MEDIUMTEXT NOT NULL,
    held_on       VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    due           BIGINT NOT NULL,
    present       BIGINT NOT NULL,
    votes_for     BIGINT NOT NULL,
    votes_against BIGINT NOT NULL,
    abstained     BIGINT NOT NULL,
    lawful        SMALLINT NOT NULL,
    reasons       MEDIUMTEXT NOT NULL,
    mend          MEDIUMTEXT NOT NULL,
    recorded_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    submitted_by  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    confirmed_by  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    confirmed_at  BIGINT NULL,
    event_seq     BIGINT NULL,
    changed_at    BIGINT NOT NULL,
    KEY resolutions_path (path, changed_at),
    KEY resolutions_place (state, path),
    KEY resolutions_newest (state, changed_at, id),
    KEY resolutions_held (state, held_on, id),
    KEY resolutions_case (asset_id, state, changed_at, id),
    FOREIGN KEY (asset_id) REFERENCES assets (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who was due and how they voted, in the order of the sign-in sheet. Never public.
CREATE TABLE resolution_votes (
    resolution_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number        BIGINT NOT NULL,
    name          VARCHAR(255) NOT NULL,
    person_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    choice        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (resolution_id, number),
    UNIQUE KEY resolution_votes_person (resolution_id, person_id),
    KEY resolution_votes_of (person_id),
    FOREIGN KEY (resolution_id) REFERENCES resolutions (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Lettings of an asset.
CREATE TABLE tenders (
    id                VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    asset_id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resolution_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path              VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state             VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version           BIGINT NOT NULL,
    area              BIGINT NOT NULL,
    title             VARCHAR(255) NOT NULL,
    start_price       BIGINT NOT NULL,
    step              BIGINT NOT NULL,
    deposit_percent   BIGINT NOT NULL,
    years             BIGINT NOT NULL,
    starts_on         VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rent_due          VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    notice_days       BIGINT NOT NULL,
    inspection_on     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    inspection_place  TEXT NOT NULL,
    land_use          TEXT NOT NULL,
    conditions        TEXT NOT NULL,
    qualification     TEXT NOT NULL,
    material          TEXT NOT NULL,
    burdens           TEXT NOT NULL,
    pricing_basis     TEXT NOT NULL,
    priority_notified VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    deposit_account   TEXT NOT NULL,
    fees              TEXT NOT NULL,
    contact           TEXT NOT NULL,
    supervision       TEXT NOT NULL,
    warnings          TEXT NOT NULL,
    media             TEXT NOT NULL,
    mend              MEDIUMTEXT NOT NULL,
    drafted_by        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    submitted_by      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    checked_by        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    approved_by       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    announced_by      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    announced_at      BIGINT NULL,
    register_until    BIGINT NULL,
    opens_at          BIGINT NULL,
    firm              SMALLINT NOT NULL,
    document          CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_seq         BIGINT NULL,
    board_photo       CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    posted_at         BIGINT NULL,
    changed_at        BIGINT NOT NULL,
    returned_terms MEDIUMTEXT NULL, -- the terms as they were when they were returned, to show what has changed since
    KEY tenders_path (path, state),
    KEY tenders_resolution (resolution_id),
    KEY tenders_place (state, path),
    KEY tenders_newest (state, changed_at, id),
    KEY tenders_until (state, register_until, id),
    KEY tenders_start (state, start_price, id),
    KEY tenders_case (asset_id, state, changed_at, id),
    FOREIGN KEY (asset_id) REFERENCES assets (id),
    FOREIGN KEY (resolution_id) REFERENCES resolutions (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Corrections of a published notice; number is from 1 within the tender.
CREATE TABLE supplements (
    id             VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    tender_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path           VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number         BIGINT NOT NULL,
    state          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version        BIGINT NOT NULL,
    body           TEXT NOT NULL,
    proposed_by    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    released_by    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mend           MEDIUMTEXT NOT NULL,
    released_at    BIGINT NULL,
    register_until BIGINT NULL,
    opens_at       BIGINT NULL,
    firm           SMALLINT NOT NULL,
    document       CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_seq      BIGINT NULL,
    made_at        BIGINT NOT NULL,
    UNIQUE KEY supplements_number (tender_id, number),
    KEY supplements_place (state, path, made_at),
    FOREIGN KEY (tender_id) REFERENCES tenders (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who did what, as whom, with which reasons. Private.
CREATE TABLE acts (
    id        BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    noun      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    acted_at  BIGINT NOT NULL,
    reasons   MEDIUMTEXT NOT NULL,
    KEY acts_noun (noun, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Public documents, whose hash an event carries.
CREATE TABLE documents (
    sha256  CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    body    MEDIUMBLOB NOT NULL,
    made_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Photos by the hash of their clean copy.
CREATE TABLE photos (
    sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    width  BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes  BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who uploaded which photo; original is the hash of the file as it came.
CREATE TABLE photo_uploads (
    sha256      CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    original    CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (sha256, person_id),
    FOREIGN KEY (sha256) REFERENCES photos (sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where photos are attached. Once public, a place stays public.
CREATE TABLE photo_places (
    sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    public SMALLINT NOT NULL,
    PRIMARY KEY (sha256, path),
    FOREIGN KEY (sha256) REFERENCES photos (sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
