-- +goose Up

-- Figures of a county's rules set otherwise from a day on: one administrator proposes,
-- another confirms. standing is 1 while it waits to be confirmed, then null.
CREATE TABLE amendments (
    id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path        VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version     INT NOT NULL,
    standing    SMALLINT NULL,
    pack        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    figure      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    was         VARCHAR(64) NOT NULL,
    becomes     INT NOT NULL,
    from_on     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title       VARCHAR(255) NOT NULL,
    article     VARCHAR(64) NOT NULL,
    reason      TEXT NOT NULL,
    answer      TEXT NOT NULL,
    proposed_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at  BIGINT NULL,
    event_seq   BIGINT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE UNIQUE INDEX amendments_once ON amendments (pack, figure, standing);
CREATE INDEX amendments_place ON amendments (path, proposed_at, id);
CREATE INDEX amendments_state ON amendments (pack, state, event_seq);
