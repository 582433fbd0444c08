-- +goose Up

-- Accounts into which deposits are paid; a payment belongs to one of them.
CREATE TABLE bank_accounts (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path      VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name      VARCHAR(255) NOT NULL,
    version   BIGINT NOT NULL,
    opened_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    opened_at BIGINT NOT NULL,
    UNIQUE KEY bank_accounts_number (number),
    KEY bank_accounts_path (path)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Serials come again from day to day and from account to account. former_id is the
-- registration whose the payment was before the bank took it back.
ALTER TABLE deposits ADD COLUMN bank_account_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE deposits ADD COLUMN serial_key VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN paid_on VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN aside SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE deposits ADD COLUMN former_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE deposits ADD COLUMN hand_registration VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE deposits ADD COLUMN hand_reason VARCHAR(1000) NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN hand_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN hand_at BIGINT NULL;
ALTER TABLE deposits ADD COLUMN refund_row VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE deposits ADD COLUMN sent_back_at BIGINT NULL;
ALTER TABLE deposits ADD KEY deposits_path (path);
ALTER TABLE deposits DROP KEY deposits_serial;
ALTER TABLE deposits ADD UNIQUE KEY deposits_serial (bank_account_id, serial_key, paid_on);
ALTER TABLE deposits ADD KEY deposits_key (serial_key);
ALTER TABLE deposits ADD KEY deposits_former (former_id);
ALTER TABLE deposits ADD KEY deposits_sum (bank_account_id, amount, paid_at);
ALTER TABLE deposits ADD FOREIGN KEY (bank_account_id) REFERENCES bank_accounts (id);

-- Statements that were taken in, some hundred rows in each transaction: next_row is where
-- it goes on. done_at is null while it has not come to its end.
CREATE TABLE statement_imports (
    id              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    bank_account_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path            VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    file            CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    total           BIGINT NOT NULL,
    next_row        BIGINT NOT NULL,
    taken           BIGINT NOT NULL,
    known           BIGINT NOT NULL,
    reversed        BIGINT NOT NULL,
    skipped         BIGINT NOT NULL,
    refused         BIGINT NOT NULL,
    matched         BIGINT NOT NULL,
    imported_by     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    imported_at     BIGINT NOT NULL,
    done_at         BIGINT NULL,
    KEY statement_imports_path (path, imported_at),
    KEY statement_imports_file (bank_account_id, file),
    FOREIGN KEY (bank_account_id) REFERENCES bank_accounts (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What became of each row of a statement; number is the line of the file. Never changed.
CREATE TABLE statement_rows (
    import_id  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number     BIGINT NOT NULL,
    outcome    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason     TEXT NOT NULL,
    serial     VARCHAR(64) NOT NULL,
    paid_on    VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payer      VARCHAR(255) NOT NULL,
    amount     BIGINT NOT NULL,
    deposit_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    PRIMARY KEY (import_id, number),
    FOREIGN KEY (import_id) REFERENCES statement_imports (id),
    FOREIGN KEY (deposit_id) REFERENCES deposits (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows of a statement that took money away or brought back what had gone: the bank's
-- reversals, and the proofs of refunds. deposit_id is null while nobody knows of which.
CREATE TABLE withdrawals (
    id              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    bank_account_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path            VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state           VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version         BIGINT NOT NULL,
    serial          VARCHAR(64) NOT NULL,
    serial_key      VARCHAR(64) NOT NULL,
    paid_on         VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    paid_at         BIGINT NOT NULL,
    payer           VARCHAR(255) NOT NULL,
    account         VARCHAR(64) NOT NULL,
    amount          BIGINT NOT NULL,
    memo            TEXT NOT NULL,
    original        VARCHAR(64) NOT NULL,
    deposit_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    note            TEXT NOT NULL,
    settled_by      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    settled_at      BIGINT NULL,
    UNIQUE KEY withdrawals_serial (bank_account_id, serial_key, paid_on, kind),
    KEY withdrawals_key (serial_key),
    KEY withdrawals_place (state, path),
    KEY withdrawals_path (path),
    FOREIGN KEY (bank_account_id) REFERENCES bank_accounts (id),
    FOREIGN KEY (deposit_id) REFERENCES deposits (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
