-- +goose Up

-- The receiving offices of this house, each with its age recipient.
CREATE TABLE lead_offices (
    org_id    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    path      VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recipient VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at   BIGINT NOT NULL,
    UNIQUE KEY lead_offices_recipient (recipient),
    FOREIGN KEY (org_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A sealed report as it came. What stands open here is what the list shows.
CREATE TABLE lead_reports (
    id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    office      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version     BIGINT NOT NULL,
    about       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    category    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    place       VARCHAR(200) NOT NULL,
    named       SMALLINT NOT NULL,
    reporter    VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    received_at BIGINT NOT NULL,
    answer_by   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    changed_at  BIGINT NOT NULL,
    KEY lead_reports_place (state, office, received_at, id),
    KEY lead_reports_office (office, received_at, id),
    FOREIGN KEY (office) REFERENCES lead_offices (org_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was written in a report's matter, sealed to the office: the report itself,
-- what the reporter added, and copies of the office's answers.
CREATE TABLE lead_envelopes (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    report_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at   BIGINT NOT NULL,
    body      MEDIUMBLOB NOT NULL,
    KEY lead_envelopes_report (report_id, made_at, id),
    FOREIGN KEY (report_id) REFERENCES lead_reports (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Answers, sealed to the reporter, that the mailbox does not have yet.
CREATE TABLE lead_outbox (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    report_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recipient VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at   BIGINT NOT NULL,
    body      MEDIUMBLOB NOT NULL,
    KEY lead_outbox_report (report_id),
    FOREIGN KEY (report_id) REFERENCES lead_reports (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
