-- +goose Up

-- What the public finds, one row each, written with what it is of. body has what is
-- compared, folded, the title in its first line.
CREATE TABLE search_entries (
    kind  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title TEXT NOT NULL,
    note  TEXT NOT NULL,
    place TEXT NOT NULL,
    body  TEXT NOT NULL,
    at    BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The pieces by which it is found, the newest last.
CREATE TABLE search_tokens (
    token VARCHAR(24) NOT NULL,
    kind  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at    BIGINT NOT NULL,
    id    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (token, kind, at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was there before, until a server that runs has indexed it.
CREATE TABLE search_waiting (
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (kind, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO search_waiting (kind, id) SELECT 'village', id FROM orgs WHERE kind = 'village_committee';
INSERT INTO search_waiting (kind, id) SELECT 'notice', id FROM tenders;
INSERT INTO search_waiting (kind, id) SELECT 'result', id FROM awards;
INSERT INTO search_waiting (kind, id) SELECT 'contract', id FROM contracts;
INSERT INTO search_waiting (kind, id) SELECT 'asset', id FROM assets;
INSERT INTO search_waiting (kind, id) SELECT 'work', id FROM projects;
INSERT INTO search_waiting (kind, id) SELECT 'item', id FROM items;
