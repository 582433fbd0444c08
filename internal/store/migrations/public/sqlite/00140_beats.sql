-- +goose Up

-- The newest moment at which each node could write, by its machine's clock.
CREATE TABLE node_beats (
    node    TEXT NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL
) STRICT;
INSERT INTO node_beats (node, last_at) SELECT 'former', last_at FROM beats;
DROP TABLE beats;
ALTER TABLE node_beats RENAME TO beats;
