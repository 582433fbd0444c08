-- +goose Up

-- The receiving offices of this house, each with its age recipient.
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
