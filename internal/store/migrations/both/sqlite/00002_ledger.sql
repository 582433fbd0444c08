-- +goose Up

-- One row: how far the log has come. Whoever gives indices holds its lock.
CREATE TABLE log_head (
    id          INTEGER NOT NULL PRIMARY KEY,
    origin      TEXT    NOT NULL,
    sequenced   INTEGER NOT NULL,
    signed_size INTEGER NOT NULL,
    checkpoint  TEXT    NOT NULL
) STRICT;
INSERT INTO log_head (id, origin, sequenced, signed_size, checkpoint) VALUES (1, '', 0, 0, '');

-- Which event is which leaf of the tree. leaf_hash is that of RFC 6962, in hex.
CREATE TABLE log_leaves (
    idx       INTEGER NOT NULL PRIMARY KEY,
    stream    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    leaf_hash TEXT    NOT NULL,
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) STRICT;
CREATE UNIQUE INDEX log_leaves_event ON log_leaves (stream, seq);
CREATE UNIQUE INDEX log_leaves_hash ON log_leaves (leaf_hash);

-- The widest prefix known of each tile: 1 to 256 hashes of 32 bytes.
CREATE TABLE log_tiles (
    level INTEGER NOT NULL,
    n     INTEGER NOT NULL,
    data  BLOB    NOT NULL,
    PRIMARY KEY (level, n)
) STRICT;

-- Private: the seed from which a tick's fillers can be made again.
CREATE TABLE blind_ticks (
    tick      INTEGER NOT NULL PRIMARY KEY,
    seed      BLOB    NOT NULL,
    stream    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    ticked_at INTEGER NOT NULL,
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) STRICT;

-- Private: commitments, and where they are. tick and slot are null while one waits.
CREATE TABLE blind_commitments (
    commitment   TEXT    NOT NULL PRIMARY KEY,
    committed_at INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,
    tick         INTEGER,
    slot         INTEGER,
    FOREIGN KEY (tick) REFERENCES blind_ticks (tick)
) STRICT;
CREATE UNIQUE INDEX blind_commitments_slot ON blind_commitments (tick, slot);
CREATE INDEX blind_commitments_waiting ON blind_commitments (tick, committed_at);
