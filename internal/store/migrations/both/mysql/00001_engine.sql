-- +goose Up

-- What happened, in order. A stream's row is the lock and the counter of its events.
CREATE TABLE streams (
    stream    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    last_seq  BIGINT NOT NULL,
    last_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_at   BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE events (
    stream      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq         BIGINT NOT NULL,
    kind        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    happened_at BIGINT NOT NULL,
    leaf        BLOB NOT NULL,
    leaf_hash   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (stream, seq),
    UNIQUE KEY events_leaf_hash (leaf_hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Events that the sequencer has not yet given a place in the log.
CREATE TABLE outbox (
    id     BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    stream VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq    BIGINT NOT NULL,
    UNIQUE KEY outbox_event (stream, seq),
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Texts of which a leaf has only the salted hash. Rows may be deleted.
CREATE TABLE sealed_texts (
    stream VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq    BIGINT NOT NULL,
    salt   BINARY(32) NOT NULL,
    body   MEDIUMBLOB NOT NULL,
    PRIMARY KEY (stream, seq),
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every act once: the same request id gets the same answer.
CREATE TABLE requests (
    actor      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    digest     CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    answer     MEDIUMTEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    PRIMARY KEY (actor, kind, request_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Well-formed acts that were refused. Private; never an event.
CREATE TABLE refusals (
    id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    person     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    message    TEXT NOT NULL,
    refused_at BIGINT NOT NULL,
    KEY refusals_person (person, refused_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is true of the database as a whole.
CREATE TABLE settings (
    name  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
