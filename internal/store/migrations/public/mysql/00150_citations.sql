-- +goose Up

-- Articles looked up in the text that followed an amendment: one administrator
-- enters, another confirms. standing is 1 while it waits to be confirmed, then null.
CREATE TABLE citations (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version    INT NOT NULL,
    standing   SMALLINT NULL,
    cites      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title      VARCHAR(255) NOT NULL,
    read_as    VARCHAR(32) NOT NULL,
    was        VARCHAR(64) NOT NULL,
    edition    VARCHAR(32) NOT NULL,
    from_on    VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    article    VARCHAR(64) NOT NULL,
    answer     TEXT NOT NULL,
    entered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entered_at BIGINT NOT NULL,
    decided_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at BIGINT NULL,
    event_seq  BIGINT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE UNIQUE INDEX citations_once ON citations (cites, standing);
CREATE INDEX citations_place ON citations (path, entered_at, id);
CREATE INDEX citations_state ON citations (state, decided_at, id);
