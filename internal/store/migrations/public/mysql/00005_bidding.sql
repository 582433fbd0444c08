-- +goose Up

-- What is bid for: one lot of each announced tender, with its id. The terms are
-- frozen when the notice is published; the board is where the bidding stands.
CREATE TABLE lots (
    id             VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path           VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mode           VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    area           BIGINT NOT NULL,
    years          BIGINT NOT NULL,
    deposit        BIGINT NOT NULL,
    register_until BIGINT NOT NULL,
    start_price    BIGINT NOT NULL,
    step           BIGINT NOT NULL,
    most_steps     BIGINT NOT NULL,
    free_ms        BIGINT NOT NULL,
    window_ms      BIGINT NOT NULL,
    extend_ms      BIGINT NOT NULL,
    opens_at       BIGINT NOT NULL,
    ends_at        BIGINT NOT NULL,
    bids           BIGINT NOT NULL,
    leading_bidder VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    leading_rank   BIGINT NOT NULL,
    leading_price  BIGINT NOT NULL,
    leading_match  SMALLINT NOT NULL,
    leading_at     BIGINT NULL,
    bidders        BIGINT NOT NULL,
    event_seq      BIGINT NULL,
    UNIQUE KEY lots_code (code),
    KEY lots_path (path),
    KEY lots_place (state, path),
    KEY lots_opens (state, opens_at, id),
    KEY lots_ends (state, ends_at, id),
    FOREIGN KEY (id) REFERENCES tenders (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who wants to bid. standing is 1, and null once pulled: a person has one that
-- stands in a lot. Private until the lot opens.
CREATE TABLE registrations (
    id            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    lot_id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    standing      SMALLINT NULL,
    name          VARCHAR(255) NOT NULL,
    path          VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version       BIGINT NOT NULL,
    phone         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    claim         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proof         MEDIUMTEXT NOT NULL,
    agreed        SMALLINT NOT NULL,
    priority_rank BIGINT NOT NULL,
    number        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    commitment    CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    salt          CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    promise       TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    decided_by    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    decided_at    BIGINT NULL,
    reason        TEXT NOT NULL,
    UNIQUE KEY registrations_standing (lot_id, person_id, standing),
    UNIQUE KEY registrations_number (lot_id, number),
    KEY registrations_place (state, path),
    KEY registrations_path (path),
    KEY registrations_own (person_id, registered_at, id),
    FOREIGN KEY (lot_id) REFERENCES lots (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Payments into the station's deposit account, as the bank's statement has them.
CREATE TABLE deposits (
    id              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path            VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lot_id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    registration_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    state           VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version         BIGINT NOT NULL,
    serial          VARCHAR(64) NOT NULL,
    paid_at         BIGINT NOT NULL,
    payer           VARCHAR(255) NOT NULL,
    account         VARCHAR(64) NOT NULL,
    amount          BIGINT NOT NULL,
    memo            TEXT NOT NULL,
    problem         TEXT NOT NULL,
    imported_by     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    matched_at      BIGINT NULL,
    held_at         BIGINT NULL,
    due_at          BIGINT NULL,
    refund_by       VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refunded_at     BIGINT NULL,
    refunded_by     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refund_trace    TEXT NOT NULL,
    UNIQUE KEY deposits_serial (path, serial),
    UNIQUE KEY deposits_registration (registration_id),
    KEY deposits_lot (lot_id),
    KEY deposits_place (state, path),
    FOREIGN KEY (lot_id) REFERENCES lots (id),
    FOREIGN KEY (registration_id) REFERENCES registrations (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Accepted bids; seq is that of the event in the lot's stream. Never changed.
CREATE TABLE bids (
    lot_id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq             BIGINT NOT NULL,
    registration_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    priority_rank   BIGINT NOT NULL,
    price           BIGINT NOT NULL,
    matched         SMALLINT NOT NULL,
    placed_at       BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL,
    extended        SMALLINT NOT NULL,
    PRIMARY KEY (lot_id, seq),
    KEY bids_registration (registration_id),
    KEY bids_own (person_id, placed_at, lot_id, seq),
    FOREIGN KEY (lot_id) REFERENCES lots (id),
    FOREIGN KEY (registration_id) REFERENCES registrations (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Results, with the lot's id.
CREATE TABLE awards (
    id              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path            VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state           VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version         BIGINT NOT NULL,
    registration_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name            VARCHAR(255) NOT NULL,
    priority        SMALLINT NOT NULL,
    price           BIGINT NOT NULL,
    yearly          BIGINT NOT NULL,
    whole           BIGINT NOT NULL,
    last_rent       BIGINT NOT NULL,
    start_price     BIGINT NOT NULL,
    area            BIGINT NOT NULL,
    awarded_at      BIGINT NOT NULL,
    public_until    BIGINT NOT NULL,
    firm            SMALLINT NOT NULL,
    settled_at      BIGINT NULL,
    event_seq       BIGINT NULL,
    KEY awards_registration (registration_id),
    KEY awards_path (path),
    KEY awards_place (state, path),
    KEY awards_newest (awarded_at, id),
    KEY awards_state (state, awarded_at, id),
    KEY awards_until (state, public_until, id),
    FOREIGN KEY (id) REFERENCES lots (id),
    FOREIGN KEY (registration_id) REFERENCES registrations (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Objections to results. Name, phone and body are only for the station.
CREATE TABLE objections (
    id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    lot_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path        VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version     BIGINT NOT NULL,
    name        VARCHAR(255) NOT NULL,
    phone       VARCHAR(64) NOT NULL,
    body        TEXT NOT NULL,
    public_text TEXT NOT NULL,
    answer      TEXT NOT NULL,
    raised_at   BIGINT NOT NULL,
    answer_by   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    answered_at BIGINT NULL,
    answered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_seq   BIGINT NULL,
    KEY objections_lot (lot_id, raised_at, id),
    KEY objections_place (state, path, raised_at),
    KEY objections_path (path, raised_at),
    FOREIGN KEY (lot_id) REFERENCES awards (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Leases, with the lot's id. made_at never moves: lists are by age.
CREATE TABLE contracts (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version    BIGINT NOT NULL,
    number     VARCHAR(64) NULL,
    lessor     VARCHAR(255) NOT NULL,
    lessee     VARCHAR(255) NOT NULL,
    person_id  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bidder     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    price      BIGINT NOT NULL,
    area       BIGINT NOT NULL,
    yearly     BIGINT NOT NULL,
    whole      BIGINT NOT NULL,
    starts_on  VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ends_on    VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    land_use   TEXT NOT NULL,
    document   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    offered_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    offered_at BIGINT NULL,
    signed_at  BIGINT NULL,
    sign_by    VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_seq  BIGINT NULL,
    made_at    BIGINT NOT NULL,
    UNIQUE KEY contracts_number (number),
    KEY contracts_path (path),
    KEY contracts_place (state, path),
    KEY contracts_newest (made_at, id),
    KEY contracts_state (state, made_at, id),
    KEY contracts_own (person_id, made_at, id),
    FOREIGN KEY (id) REFERENCES awards (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The rent of each year; number is from 1.
CREATE TABLE payments (
    lot_id   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number   BIGINT NOT NULL,
    due_on   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    due      BIGINT NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (lot_id, number),
    FOREIGN KEY (lot_id) REFERENCES contracts (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rent that has come in, by the bank's slip. Never changed.
CREATE TABLE vouchers (
    id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    lot_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payment     BIGINT NOT NULL,
    amount      BIGINT NOT NULL,
    received_on VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    serial      VARCHAR(64) NOT NULL,
    account     VARCHAR(64) NOT NULL,
    photo       CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recorded_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recorded_at BIGINT NOT NULL,
    event_seq   BIGINT NOT NULL,
    UNIQUE KEY vouchers_serial (lot_id, serial),
    KEY vouchers_payment (lot_id, payment),
    FOREIGN KEY (lot_id, payment) REFERENCES payments (lot_id, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
