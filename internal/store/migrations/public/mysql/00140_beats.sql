-- +goose Up

-- The newest moment at which each node could write, by its machine's clock.
CREATE TABLE node_beats (
    node    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    last_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO node_beats (node, last_at) SELECT 'former', last_at FROM beats;
DROP TABLE beats;
ALTER TABLE node_beats RENAME TO beats;
