-- +goose Up

-- When a one-time password stops letting in; null for one that the person chose.
ALTER TABLE people ADD COLUMN lets_in_until BIGINT NULL;

-- Acts on accounts that take two administrators. person_id is null while an
-- account is only to be opened, proposed_by when the server's holder announced it.
CREATE TABLE account_proposals (
    id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    act         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    name        VARCHAR(120) NOT NULL,
    login       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    org_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    half        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code_hash   VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    proposed_at BIGINT NOT NULL,
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    decided_by  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    decided_at  BIGINT NULL,
    KEY account_proposals_state (state, proposed_at, id),
    KEY account_proposals_login (login, act, state),
    KEY account_proposals_person (person_id),
    KEY account_proposals_org (org_id),
    KEY account_proposals_proposer (proposed_by),
    KEY account_proposals_decider (decided_by),
    FOREIGN KEY (person_id) REFERENCES people (id),
    FOREIGN KEY (org_id) REFERENCES orgs (id),
    FOREIGN KEY (proposed_by) REFERENCES people (id),
    FOREIGN KEY (decided_by) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who opened, reset, reopened or appointed an account, one row for each who took
-- part; by_id is null for the server's holder.
CREATE TABLE account_vouches (
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    act        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    person_id  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    by_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    vouched_at BIGINT NOT NULL,
    KEY account_vouches_person (person_id, vouched_at),
    KEY account_vouches_by (by_id, vouched_at),
    FOREIGN KEY (person_id) REFERENCES people (id),
    FOREIGN KEY (by_id) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
