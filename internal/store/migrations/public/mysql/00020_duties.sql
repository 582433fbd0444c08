-- +goose Up

-- What waits for somebody until an act answers it. standing is 1, and null once it
-- is settled: a noun has one duty of a kind and person that waits. person is empty
-- when an office holds it, case_id finds it on the page of its case. A due_on of
-- 9999-12-31 says that no day is set: lists by day have it last.
CREATE TABLE duties (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    noun       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing   SMALLINT NULL,
    case_id    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    title      TEXT NOT NULL,
    note       TEXT NOT NULL,
    from_on    VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    due_on     VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owed_at    BIGINT NOT NULL,
    settled_at BIGINT NULL,
    settled_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY duties_once (noun, kind, person, standing),
    KEY duties_desk (standing, path, kind, due_on, from_on),
    KEY duties_own (person, standing, kind, due_on, from_on),
    KEY duties_case (case_id, standing)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
