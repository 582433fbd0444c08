-- +goose Up

-- The offices that may receive sealed reports, each with its age recipient. One
-- person proposes a key, another confirms it: keyed_at. Of one place the newest
-- confirmed key counts.
CREATE TABLE mailbox_offices (
    id          TEXT    NOT NULL PRIMARY KEY,
    org_id      TEXT    NOT NULL,
    path        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    proposed_by TEXT    NOT NULL,
    proposed_at INTEGER NOT NULL,
    keyed_at    INTEGER NULL,
    event_seq   INTEGER NULL,
    FOREIGN KEY (org_id) REFERENCES orgs (id),
    FOREIGN KEY (proposed_by) REFERENCES people (id)
) STRICT;
CREATE INDEX mailbox_offices_org ON mailbox_offices (org_id);
CREATE INDEX mailbox_offices_proposer ON mailbox_offices (proposed_by);
CREATE UNIQUE INDEX mailbox_offices_recipient ON mailbox_offices (recipient);
CREATE INDEX mailbox_offices_path ON mailbox_offices (path, keyed_at, id);

-- A reporter's box, found by what follows from the code and kept nowhere else.
-- locked is the key of the answers, under the code; made_at is rounded to the hour.
CREATE TABLE mailbox_boxes (
    lookup     TEXT    NOT NULL PRIMARY KEY,
    id         TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    office     TEXT    NOT NULL,
    locked     BLOB    NOT NULL,
    salt       TEXT    NOT NULL,
    envelope   TEXT    NOT NULL,
    commitment TEXT    NOT NULL,
    promise    TEXT    NOT NULL,
    made_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX mailbox_boxes_id ON mailbox_boxes (id);

-- What waits: for an office until it has taken it, for the reporter until he has
-- no more use for it. Sealed; the program that serves the pages cannot open it.
CREATE TABLE mailbox_envelopes (
    id        TEXT    NOT NULL PRIMARY KEY,
    box_id    TEXT    NOT NULL,
    recipient TEXT    NOT NULL,
    made_at   INTEGER NOT NULL,
    body      BLOB    NOT NULL,
    FOREIGN KEY (box_id) REFERENCES mailbox_boxes (id)
) STRICT;
CREATE INDEX mailbox_envelopes_waiting ON mailbox_envelopes (recipient, id);
CREATE INDEX mailbox_envelopes_box ON mailbox_envelopes (box_id, made_at, id);
