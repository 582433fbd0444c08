-- +goose Up

-- Where a public document belongs.
ALTER TABLE documents ADD COLUMN path VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
CREATE INDEX documents_place ON documents (path, made_at);

-- Numbers that look like a person's and are an office's: one person asks, another
-- clears. standing is 1 while the number is asked for or cleared, then null.
CREATE TABLE clearances (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    org_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version    INT NOT NULL,
    standing   SMALLINT NULL,
    number     VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind       VARCHAR(255) NOT NULL,
    reason     TEXT NOT NULL,
    answer     TEXT NOT NULL,
    asked_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    asked_at   BIGINT NOT NULL,
    decided_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at BIGINT NULL,
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE UNIQUE INDEX clearances_once ON clearances (number, path, standing);
CREATE INDEX clearances_place ON clearances (path, asked_at, id);

-- Documents, photos and files taken out of sight: one person asks, another does
-- it. standing is 1 while it is asked for or out of sight, then null.
CREATE TABLE withholdings (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sha256     CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version    INT NOT NULL,
    standing   SMALLINT NULL,
    ground     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason     TEXT NOT NULL,
    answer     TEXT NOT NULL,
    office     TEXT NOT NULL,
    asked_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    asked_at   BIGINT NOT NULL,
    decided_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at BIGINT NULL,
    event_seq  BIGINT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE UNIQUE INDEX withholdings_once ON withholdings (sha256, standing);
CREATE INDEX withholdings_place ON withholdings (path, asked_at, id);
