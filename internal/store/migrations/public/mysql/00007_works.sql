-- +goose Up

-- Micro-power items. The published editions are documents; body is the newest
-- of them, draft what is prepared to follow it.
CREATE TABLE items (
    id           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path         VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version      BIGINT NOT NULL,
    edition      BIGINT NOT NULL,
    public       SMALLINT NOT NULL,
    number       VARCHAR(64) NOT NULL,
    name         VARCHAR(255) NOT NULL,
    category     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    body         MEDIUMTEXT NOT NULL,
    draft        MEDIUMTEXT NOT NULL,
    drafted_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    published_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    published_at BIGINT NOT NULL,
    document     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_seq    BIGINT NULL,
    UNIQUE KEY items_number (path, number),
    KEY items_list (public, number, id),
    KEY items_category (public, category, number, id),
    KEY items_state (state, path)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Small works. public_at is 0 until the supervision committee has confirmed
-- one; resolution_id is empty when the decision is on paper only.
CREATE TABLE projects (
    id            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path          VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    village_id    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    item_id       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resolution_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version       BIGINT NOT NULL,
    name          VARCHAR(255) NOT NULL,
    place         TEXT NOT NULL,
    scope         TEXT NOT NULL,
    estimate      BIGINT NOT NULL,
    plan          MEDIUMTEXT NOT NULL,
    budget        BIGINT NOT NULL,
    contract      BIGINT NOT NULL,
    varied        BIGINT NOT NULL,
    final         BIGINT NOT NULL,
    paid          BIGINT NOT NULL,
    reached       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    next_stage    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    next_due      VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_at   BIGINT NOT NULL,
    confirmed_by  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    public_at     BIGINT NOT NULL,
    mend          MEDIUMTEXT NOT NULL,
    document      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_seq     BIGINT NULL,
    KEY projects_path (path),
    KEY projects_place (state, path),
    KEY projects_public (public_at, id),
    KEY projects_state (state, public_at, id),
    KEY projects_item (item_id, public_at, id),
    FOREIGN KEY (village_id) REFERENCES orgs (id),
    FOREIGN KEY (item_id) REFERENCES items (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was done in a project's stages, in the order of typing it in.
CREATE TABLE project_entries (
    id           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    project_id   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path         VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version      BIGINT NOT NULL,
    stage        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    skipped      SMALLINT NOT NULL,
    done_on      VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount       BIGINT NOT NULL,
    less         SMALLINT NOT NULL,
    party        TEXT NOT NULL,
    note         TEXT NOT NULL,
    photos       MEDIUMTEXT NOT NULL,
    files        MEDIUMTEXT NOT NULL,
    recorded_by  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recorded_at  BIGINT NOT NULL,
    confirmed_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    confirmed_at BIGINT NULL,
    mend         MEDIUMTEXT NOT NULL,
    event_seq    BIGINT NULL,
    KEY project_entries_of (project_id, recorded_at, id),
    KEY project_entries_pending (state, path),
    FOREIGN KEY (project_id) REFERENCES projects (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Documents of projects by the hash of their bytes.
CREATE TABLE files (
    sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    bytes  BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who uploaded which document.
CREATE TABLE file_uploads (
    sha256      CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (sha256, person_id),
    FOREIGN KEY (sha256) REFERENCES files (sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where documents are attached. Once public, a place stays public.
CREATE TABLE file_places (
    sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    public SMALLINT NOT NULL,
    PRIMARY KEY (sha256, path),
    FOREIGN KEY (sha256) REFERENCES files (sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
