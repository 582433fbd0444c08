-- +goose Up

-- What happened, in order. A stream's row is the lock and the counter of its events.
CREATE TABLE streams (
    stream    TEXT    NOT NULL PRIMARY KEY,
    last_seq  INTEGER NOT NULL,
    last_hash TEXT    NOT NULL,
    last_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
    stream      TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    happened_at INTEGER NOT NULL,
    leaf        BLOB    NOT NULL,
    leaf_hash   TEXT    NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT;
CREATE UNIQUE INDEX events_leaf_hash ON events (leaf_hash);

-- Events that the sequencer has not yet given a place in the log.
CREATE TABLE outbox (
    id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    stream TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) STRICT;
CREATE UNIQUE INDEX outbox_event ON outbox (stream, seq);

-- Texts of which a leaf has only the salted hash. Rows may be deleted.
CREATE TABLE sealed_texts (
    stream TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    salt   BLOB    NOT NULL,
    body   BLOB    NOT NULL,
    PRIMARY KEY (stream, seq),
    FOREIGN KEY (stream, seq) REFERENCES events (stream, seq)
) STRICT;

-- Every act once: the same request id gets the same answer.
CREATE TABLE requests (
    actor      TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    request_id TEXT    NOT NULL,
    digest     TEXT    NOT NULL,
    answer     TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    PRIMARY KEY (actor, kind, request_id)
) STRICT;

-- Well-formed acts that were refused. Private; never an event.
CREATE TABLE refusals (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    code       TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    refused_at INTEGER NOT NULL
) STRICT;
CREATE INDEX refusals_person ON refusals (person, refused_at);

-- What is true of the database as a whole.
-- What is true of this database as a whole, such as that it is a demonstration's.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
