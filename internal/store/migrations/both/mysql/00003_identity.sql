-- +goose Up

CREATE TABLE orgs (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    parent_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    kind      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name      VARCHAR(120) NOT NULL,
    path      VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY orgs_order (path, name, id),
    KEY orgs_kind (kind, path, name, id),
    FOREIGN KEY (parent_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE people (
    id            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name          VARCHAR(120) NOT NULL,
    login         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    must_change   SMALLINT NOT NULL,
    token_version BIGINT NOT NULL,
    disabled      SMALLINT NOT NULL,
    UNIQUE KEY people_login (login),
    KEY people_order (name, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- until_at is null while the role has no end.
CREATE TABLE memberships (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    person_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    org_id    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    from_at   BIGINT NOT NULL,
    until_at  BIGINT NULL,
    KEY memberships_person (person_id, from_at),
    KEY memberships_org (org_id, role),
    FOREIGN KEY (person_id) REFERENCES people (id),
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Refresh tokens by their hash; replaced_at is null on the newest of a family.
CREATE TABLE refresh_tokens (
    hash        CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    family      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    replaced_at BIGINT NULL,
    KEY refresh_tokens_family (family),
    KEY refresh_tokens_person (person_id, expires_at),
    FOREIGN KEY (person_id) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Holidays and worked weekends of a year, as published; body is JSON.
CREATE TABLE calendar_years (
    year INT NOT NULL PRIMARY KEY,
    body MEDIUMTEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
