-- +goose Up

-- When a one-time password stops letting in; null for one that the person chose.
ALTER TABLE people ADD COLUMN lets_in_until INTEGER NULL;

-- Acts on accounts that take two administrators. person_id is null while an
-- account is only to be opened, proposed_by when the server's holder announced it.
CREATE TABLE account_proposals (
    id          TEXT    NOT NULL PRIMARY KEY,
    act         TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    person_id   TEXT    NULL,
    name        TEXT    NOT NULL,
    login       TEXT    NOT NULL,
    org_id      TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    half        TEXT    NOT NULL,
    code_hash   TEXT    NOT NULL,
    proposed_by TEXT    NULL,
    proposed_at INTEGER NOT NULL,
    from_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    decided_by  TEXT    NULL,
    decided_at  INTEGER NULL,
    FOREIGN KEY (person_id) REFERENCES people (id),
    FOREIGN KEY (org_id) REFERENCES orgs (id),
    FOREIGN KEY (proposed_by) REFERENCES people (id),
    FOREIGN KEY (decided_by) REFERENCES people (id)
) STRICT;
CREATE INDEX account_proposals_state ON account_proposals (state, proposed_at, id);
CREATE INDEX account_proposals_login ON account_proposals (login, act, state);
CREATE INDEX account_proposals_person ON account_proposals (person_id);
CREATE INDEX account_proposals_org ON account_proposals (org_id);
CREATE INDEX account_proposals_proposer ON account_proposals (proposed_by);
CREATE INDEX account_proposals_decider ON account_proposals (decided_by);

-- Who opened, reset, reopened or appointed an account, one row for each who took
-- part; by_id is null for the server's holder.
CREATE TABLE account_vouches (
    id         TEXT    NOT NULL PRIMARY KEY,
    act        TEXT    NOT NULL,
    person_id  TEXT    NOT NULL,
    by_id      TEXT    NULL,
    vouched_at INTEGER NOT NULL,
    FOREIGN KEY (person_id) REFERENCES people (id),
    FOREIGN KEY (by_id) REFERENCES people (id)
) STRICT;
CREATE INDEX account_vouches_person ON account_vouches (person_id, vouched_at);
CREATE INDEX account_vouches_by ON account_vouches (by_id, vouched_at);
