-- +goose Up

-- How many bytes of photos a person has sent on a day.
CREATE TABLE photo_budgets (
    person_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    day       VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bytes     BIGINT NOT NULL,
    PRIMARY KEY (person_id, day)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
