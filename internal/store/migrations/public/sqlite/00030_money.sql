-- +goose Up

-- Accounts into which deposits are paid; a payment belongs to one of them.
CREATE TABLE bank_accounts (
    id        TEXT NOT NULL PRIMARY KEY,
    path      TEXT NOT NULL,
    number    TEXT NOT NULL,
    name      TEXT NOT NULL,
    version   INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX bank_accounts_number ON bank_accounts (number);
CREATE INDEX bank_accounts_path ON bank_accounts (path);

-- Serials come again from day to day and from account to account. former_id is the
-- registration whose the payment was before the bank took it back.
ALTER TABLE deposits ADD COLUMN bank_account_id TEXT NULL REFERENCES bank_accounts (id);
ALTER TABLE deposits ADD COLUMN serial_key TEXT NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN paid_on TEXT NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deposits ADD COLUMN former_id TEXT NULL;
ALTER TABLE deposits ADD COLUMN hand_registration TEXT NULL;
ALTER TABLE deposits ADD COLUMN hand_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN hand_by TEXT NOT NULL DEFAULT '';
ALTER TABLE deposits ADD COLUMN hand_at INTEGER NULL;
ALTER TABLE deposits ADD COLUMN refund_row TEXT NULL;
ALTER TABLE deposits ADD COLUMN sent_back_at INTEGER NULL;
CREATE INDEX deposits_path ON deposits (path);
DROP INDEX deposits_serial;
CREATE UNIQUE INDEX deposits_serial ON deposits (bank_account_id, serial_key, paid_on);
CREATE INDEX deposits_key ON deposits (serial_key);
CREATE INDEX deposits_former ON deposits (former_id);
CREATE INDEX deposits_sum ON deposits (bank_account_id, amount, paid_at);

-- Statements that were taken in, some hundred rows in each transaction: next_row is where
-- it goes on. done_at is null while it has not come to its end.
CREATE TABLE statement_imports (
    id              TEXT NOT NULL PRIMARY KEY,
    bank_account_id TEXT NOT NULL,
    path            TEXT NOT NULL,
    file            TEXT NOT NULL,
    total           INTEGER NOT NULL,
    next_row        INTEGER NOT NULL,
    taken           INTEGER NOT NULL,
    known           INTEGER NOT NULL,
    reversed        INTEGER NOT NULL,
    skipped         INTEGER NOT NULL,
    refused         INTEGER NOT NULL,
    matched         INTEGER NOT NULL,
    imported_by     TEXT NOT NULL,
    imported_at     INTEGER NOT NULL,
    done_at         INTEGER NULL,
    FOREIGN KEY (bank_account_id) REFERENCES bank_accounts (id)
) STRICT;
CREATE INDEX statement_imports_path ON statement_imports (path, imported_at);
CREATE INDEX statement_imports_file ON statement_imports (bank_account_id, file);

-- What became of each row of a statement; number is the line of the file. Never changed.
CREATE TABLE statement_rows (
    import_id  TEXT NOT NULL,
    number     INTEGER NOT NULL,
    outcome    TEXT NOT NULL,
    reason     TEXT NOT NULL,
    serial     TEXT NOT NULL,
    paid_on    TEXT NOT NULL,
    payer      TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    deposit_id TEXT NULL,
    PRIMARY KEY (import_id, number),
    FOREIGN KEY (import_id) REFERENCES statement_imports (id),
    FOREIGN KEY (deposit_id) REFERENCES deposits (id)
) STRICT;

-- Rows of a statement that took money away or brought back what had gone: the bank's
-- reversals, and the proofs of refunds. deposit_id is null while nobody knows of which.
CREATE TABLE withdrawals (
    id              TEXT NOT NULL PRIMARY KEY,
    bank_account_id TEXT NOT NULL,
    path            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    state           TEXT NOT NULL,
    version         INTEGER NOT NULL,
    serial          TEXT NOT NULL,
    serial_key      TEXT NOT NULL,
    paid_on         TEXT NOT NULL,
    paid_at         INTEGER NOT NULL,
    payer           TEXT NOT NULL,
    account         TEXT NOT NULL,
    amount          INTEGER NOT NULL,
    memo            TEXT NOT NULL,
    original        TEXT NOT NULL,
    deposit_id      TEXT NULL,
    note            TEXT NOT NULL,
    settled_by      TEXT NOT NULL,
    settled_at      INTEGER NULL,
    FOREIGN KEY (bank_account_id) REFERENCES bank_accounts (id),
    FOREIGN KEY (deposit_id) REFERENCES deposits (id)
) STRICT;
CREATE UNIQUE INDEX withdrawals_serial ON withdrawals (bank_account_id, serial_key, paid_on, kind);
CREATE INDEX withdrawals_key ON withdrawals (serial_key);
CREATE INDEX withdrawals_place ON withdrawals (state, path);
CREATE INDEX withdrawals_path ON withdrawals (path);
