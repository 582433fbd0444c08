-- +goose Up

-- What somebody has typed into a long form and not sent yet; private to the
-- person. form says which form of which noun.
CREATE TABLE drafts (
    person_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    form      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    typed     MEDIUMTEXT NOT NULL,
    saved_at  BIGINT NOT NULL,
    PRIMARY KEY (person_id, form),
    KEY drafts_saved (saved_at),
    FOREIGN KEY (person_id) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
