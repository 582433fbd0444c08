-- +goose Up

-- Schedules that one administrator has entered and that wait for another.
CREATE TABLE calendar_entered (
    year       INT NOT NULL PRIMARY KEY,
    body       MEDIUMTEXT NOT NULL,
    entered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entered_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
