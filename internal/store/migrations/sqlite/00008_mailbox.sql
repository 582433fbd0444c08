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

-- The reading room's own tables; they are filled in its own database only.
CREATE TABLE lead_offices (
    org_id    TEXT    NOT NULL PRIMARY KEY,
    path      TEXT    NOT NULL,
    recipient TEXT    NOT NULL,
    made_at   INTEGER NOT NULL,
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) STRICT;
CREATE UNIQUE INDEX lead_offices_recipient ON lead_offices (recipient);

-- A sealed report as it came. What stands open here is what the list shows.
CREATE TABLE lead_reports (
    id          TEXT    NOT NULL PRIMARY KEY,
    office      TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    about       TEXT    NOT NULL,
    category    TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    named       INTEGER NOT NULL,
    reporter    TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    answer_by   TEXT    NOT NULL,
    changed_at  INTEGER NOT NULL,
    FOREIGN KEY (office) REFERENCES lead_offices (org_id)
) STRICT;
CREATE INDEX lead_reports_place ON lead_reports (state, office, received_at, id);
CREATE INDEX lead_reports_office ON lead_reports (office, received_at, id);

-- What was written in a report's matter, sealed to the office: the report itself,
-- what the reporter added, and copies of the office's answers.
CREATE TABLE lead_envelopes (
    id        TEXT    NOT NULL PRIMARY KEY,
    report_id TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    made_at   INTEGER NOT NULL,
    body      BLOB    NOT NULL,
    FOREIGN KEY (report_id) REFERENCES lead_reports (id)
) STRICT;
CREATE INDEX lead_envelopes_report ON lead_envelopes (report_id, made_at, id);

-- Answers, sealed to the reporter, that the mailbox does not have yet.
CREATE TABLE lead_outbox (
    id        TEXT    NOT NULL PRIMARY KEY,
    report_id TEXT    NOT NULL,
    recipient TEXT    NOT NULL,
    made_at   INTEGER NOT NULL,
    body      BLOB    NOT NULL,
    FOREIGN KEY (report_id) REFERENCES lead_reports (id)
) STRICT;
CREATE INDEX lead_outbox_report ON lead_outbox (report_id);
