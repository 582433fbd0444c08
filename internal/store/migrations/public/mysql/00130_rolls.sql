-- +goose Up

-- Who is due at the bodies that decide, edition by edition. The members are never public.
CREATE TABLE rolls (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    org_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    assembly   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    holds_from VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version    BIGINT NOT NULL,
    members    MEDIUMTEXT NOT NULL,
    due        BIGINT NOT NULL,
    mend       MEDIUMTEXT NOT NULL,
    entered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entered_at BIGINT NOT NULL,
    decided_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at BIGINT NULL,
    event_seq  BIGINT NULL,
    KEY rolls_place (path, assembly, holds_from),
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
