-- +goose Up

-- One row: how far the log has come. Whoever gives indices holds its lock.
CREATE TABLE log_head (
    id          BIGINT NOT NULL PRIMARY KEY,
    origin      VARCHAR(255) NOT NULL,
    sequenced   BIGINT NOT NULL,
    signed_size BIGINT NOT NULL,
    checkpoint  TEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO log_head (id, origin, sequenced, signed_size, checkpoint) VALUES (1, '', 0, 0, '');

-- Which event is which leaf of the tree. leaf_hash is that of RFC 6962, in hex.
CREATE TABLE log_leaves (
    idx       BIGINT NOT NULL PRIMARY KEY,
    stream    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq       BIGINT NOT NULL,
    leaf_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    UNIQUE KEY log_leaves_event (stream, seq),
    UNIQUE KEY log_leaves_hash (leaf_hash),
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The widest prefix known of each tile: 1 to 256 hashes of 32 bytes.
CREATE TABLE log_tiles (
    level INT NOT NULL,
    n     BIGINT NOT NULL,
    data  BLOB NOT NULL,
    PRIMARY KEY (level, n)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Private: the seed from which a tick's fillers can be made again.
CREATE TABLE blind_ticks (
    tick      BIGINT NOT NULL PRIMARY KEY,
    seed      BINARY(32) NOT NULL,
    stream    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq       BIGINT NOT NULL,
    ticked_at BIGINT NOT NULL,
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Private: commitments, and where they are. tick and slot are null while one waits.
CREATE TABLE blind_commitments (
    commitment   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    committed_at BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    tick         BIGINT,
    slot         INT,
    UNIQUE KEY blind_commitments_slot (tick, slot),
    KEY blind_commitments_waiting (tick, committed_at),
    FOREIGN KEY (tick) REFERENCES blind_ticks (tick)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
