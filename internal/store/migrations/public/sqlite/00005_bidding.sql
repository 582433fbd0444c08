-- +goose Up

-- What is bid for: one lot of each announced tender, with its id. The terms are
-- frozen when the notice is published; the board is where the bidding stands.
CREATE TABLE lots (
    id             TEXT NOT NULL PRIMARY KEY,
    path           TEXT NOT NULL,
    code           TEXT NOT NULL,
    state          TEXT NOT NULL,
    mode           TEXT NOT NULL,
    area           INTEGER NOT NULL,
    years          INTEGER NOT NULL,
    deposit        INTEGER NOT NULL,
    register_until INTEGER NOT NULL,
    start_price    INTEGER NOT NULL,
    step           INTEGER NOT NULL,
    most_steps     INTEGER NOT NULL,
    free_ms        INTEGER NOT NULL,
    window_ms      INTEGER NOT NULL,
    extend_ms      INTEGER NOT NULL,
    opens_at       INTEGER NOT NULL,
    ends_at        INTEGER NOT NULL,
    bids           INTEGER NOT NULL,
    leading_bidder TEXT NOT NULL,
    leading_rank   INTEGER NOT NULL,
    leading_price  INTEGER NOT NULL,
    leading_match  INTEGER NOT NULL,
    leading_at     INTEGER NULL,
    bidders        INTEGER NOT NULL,
    event_seq      INTEGER NULL,
    FOREIGN KEY (id) REFERENCES tenders (id)
) STRICT;
CREATE UNIQUE INDEX lots_code ON lots (code);
CREATE INDEX lots_path ON lots (path);
CREATE INDEX lots_place ON lots (state, path);
CREATE INDEX lots_opens ON lots (state, opens_at, id);
CREATE INDEX lots_ends ON lots (state, ends_at, id);

-- Who wants to bid. standing is 1, and null once pulled: a person has one that
-- stands in a lot. Private until the lot opens.
CREATE TABLE registrations (
    id            TEXT NOT NULL PRIMARY KEY,
    lot_id        TEXT NOT NULL,
    person_id     TEXT NOT NULL,
    standing      INTEGER NULL,
    name          TEXT NOT NULL,
    path          TEXT NOT NULL,
    state         TEXT NOT NULL,
    version       INTEGER NOT NULL,
    phone         TEXT NOT NULL,
    account       TEXT NOT NULL,
    claim         TEXT NOT NULL,
    proof         TEXT NOT NULL,
    agreed        INTEGER NOT NULL,
    priority_rank INTEGER NOT NULL,
    number        TEXT NULL,
    commitment    TEXT NOT NULL,
    salt          TEXT NOT NULL,
    promise       TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    decided_by    TEXT NOT NULL,
    decided_at    INTEGER NULL,
    reason        TEXT NOT NULL,
    FOREIGN KEY (lot_id) REFERENCES lots (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT;
CREATE UNIQUE INDEX registrations_standing ON registrations (lot_id, person_id, standing);
CREATE UNIQUE INDEX registrations_number ON registrations (lot_id, number);
CREATE INDEX registrations_place ON registrations (state, path);
CREATE INDEX registrations_path ON registrations (path);
CREATE INDEX registrations_own ON registrations (person_id, registered_at, id);

-- Payments into the station's deposit account, as the bank's statement has them.
CREATE TABLE deposits (
    id              TEXT NOT NULL PRIMARY KEY,
    path            TEXT NOT NULL,
    lot_id          TEXT NULL,
    registration_id TEXT NULL,
    state           TEXT NOT NULL,
    version         INTEGER NOT NULL,
    serial          TEXT NOT NULL,
    paid_at         INTEGER NOT NULL,
    payer           TEXT NOT NULL,
    account         TEXT NOT NULL,
    amount          INTEGER NOT NULL,
    memo            TEXT NOT NULL,
    problem         TEXT NOT NULL,
    imported_by     TEXT NOT NULL,
    matched_at      INTEGER NULL,
    held_at         INTEGER NULL,
    due_at          INTEGER NULL,
    refund_by       TEXT NOT NULL,
    refunded_at     INTEGER NULL,
    refunded_by     TEXT NOT NULL,
    refund_trace    TEXT NOT NULL,
    FOREIGN KEY (lot_id) REFERENCES lots (id),
    FOREIGN KEY (registration_id) REFERENCES registrations (id)
) STRICT;
CREATE UNIQUE INDEX deposits_serial ON deposits (path, serial);
CREATE UNIQUE INDEX deposits_registration ON deposits (registration_id);
CREATE INDEX deposits_lot ON deposits (lot_id);
CREATE INDEX deposits_place ON deposits (state, path);

-- Accepted bids; seq is that of the event in the lot's stream. Never changed.
CREATE TABLE bids (
    lot_id          TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    registration_id TEXT NOT NULL,
    person_id       TEXT NOT NULL,
    number          TEXT NOT NULL,
    priority_rank   INTEGER NOT NULL,
    price           INTEGER NOT NULL,
    matched         INTEGER NOT NULL,
    placed_at       INTEGER NOT NULL,
    ends_at         INTEGER NOT NULL,
    extended        INTEGER NOT NULL,
    PRIMARY KEY (lot_id, seq),
    FOREIGN KEY (lot_id) REFERENCES lots (id),
    FOREIGN KEY (registration_id) REFERENCES registrations (id)
) STRICT;
CREATE INDEX bids_registration ON bids (registration_id);
CREATE INDEX bids_own ON bids (person_id, placed_at, lot_id, seq);

-- Results, with the lot's id.
CREATE TABLE awards (
    id              TEXT NOT NULL PRIMARY KEY,
    path            TEXT NOT NULL,
    state           TEXT NOT NULL,
    version         INTEGER NOT NULL,
    registration_id TEXT NOT NULL,
    person_id       TEXT NOT NULL,
    number          TEXT NOT NULL,
    name            TEXT NOT NULL,
    priority        INTEGER NOT NULL,
    price           INTEGER NOT NULL,
    yearly          INTEGER NOT NULL,
    whole           INTEGER NOT NULL,
    last_rent       INTEGER NOT NULL,
    start_price     INTEGER NOT NULL,
    area            INTEGER NOT NULL,
    awarded_at      INTEGER NOT NULL,
    public_until    INTEGER NOT NULL,
    firm            INTEGER NOT NULL,
    settled_at      INTEGER NULL,
    event_seq       INTEGER NULL,
    FOREIGN KEY (id) REFERENCES lots (id),
    FOREIGN KEY (registration_id) REFERENCES registrations (id)
) STRICT;
CREATE INDEX awards_registration ON awards (registration_id);
CREATE INDEX awards_path ON awards (path);
CREATE INDEX awards_place ON awards (state, path);
CREATE INDEX awards_newest ON awards (awarded_at, id);
CREATE INDEX awards_state ON awards (state, awarded_at, id);
CREATE INDEX awards_until ON awards (state, public_until, id);

-- Objections to results. Name, phone and body are only for the station.
CREATE TABLE objections (
    id          TEXT NOT NULL PRIMARY KEY,
    lot_id      TEXT NOT NULL,
    path        TEXT NOT NULL,
    state       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    phone       TEXT NOT NULL,
    body        TEXT NOT NULL,
    public_text TEXT NOT NULL,
    answer      TEXT NOT NULL,
    raised_at   INTEGER NOT NULL,
    answer_by   TEXT NOT NULL,
    answered_at INTEGER NULL,
    answered_by TEXT NOT NULL,
    event_seq   INTEGER NULL,
    FOREIGN KEY (lot_id) REFERENCES awards (id)
) STRICT;
CREATE INDEX objections_lot ON objections (lot_id, raised_at, id);
CREATE INDEX objections_place ON objections (state, path, raised_at);
CREATE INDEX objections_path ON objections (path, raised_at);

-- Leases, with the lot's id. made_at never moves: lists are by age.
CREATE TABLE contracts (
    id         TEXT NOT NULL PRIMARY KEY,
    path       TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    number     TEXT NULL,
    lessor     TEXT NOT NULL,
    lessee     TEXT NOT NULL,
    person_id  TEXT NOT NULL,
    bidder     TEXT NOT NULL,
    price      INTEGER NOT NULL,
    area       INTEGER NOT NULL,
    yearly     INTEGER NOT NULL,
    whole      INTEGER NOT NULL,
    starts_on  TEXT NOT NULL,
    ends_on    TEXT NOT NULL,
    land_use   TEXT NOT NULL,
    document   TEXT NOT NULL,
    offered_by TEXT NOT NULL,
    offered_at INTEGER NULL,
    signed_at  INTEGER NULL,
    sign_by    TEXT NOT NULL,
    event_seq  INTEGER NULL,
    made_at    INTEGER NOT NULL,
    FOREIGN KEY (id) REFERENCES awards (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT;
CREATE UNIQUE INDEX contracts_number ON contracts (number);
CREATE INDEX contracts_path ON contracts (path);
CREATE INDEX contracts_place ON contracts (state, path);
CREATE INDEX contracts_newest ON contracts (made_at, id);
CREATE INDEX contracts_state ON contracts (state, made_at, id);
CREATE INDEX contracts_own ON contracts (person_id, made_at, id);

-- The rent of each year; number is from 1.
CREATE TABLE payments (
    lot_id   TEXT NOT NULL,
    number   INTEGER NOT NULL,
    due_on   TEXT NOT NULL,
    due      INTEGER NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY (lot_id, number),
    FOREIGN KEY (lot_id) REFERENCES contracts (id)
) STRICT;

-- Rent that has come in, by the bank's slip. Never changed.
CREATE TABLE vouchers (
    id          TEXT NOT NULL PRIMARY KEY,
    lot_id      TEXT NOT NULL,
    payment     INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    serial      TEXT NOT NULL,
    account     TEXT NOT NULL,
    photo       TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    event_seq   INTEGER NOT NULL,
    FOREIGN KEY (lot_id, payment) REFERENCES payments (lot_id, number)
) STRICT;
CREATE UNIQUE INDEX vouchers_serial ON vouchers (lot_id, serial);
CREATE INDEX vouchers_payment ON vouchers (lot_id, payment);
