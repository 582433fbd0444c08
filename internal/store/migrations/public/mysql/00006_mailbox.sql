-- +goose Up

-- The offices that may receive sealed reports, each with its age recipient. One
-- person proposes a key, another confirms it: keyed_at. Of one place the newest
-- confirmed key counts.
CREATE TABLE mailbox_offices (
    id          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    org_id      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path        VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(200) NOT NULL,
    recipient   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    proposed_at BIGINT NOT NULL,
    keyed_at    BIGINT NULL,
    event_seq   BIGINT NULL,
    UNIQUE KEY mailbox_offices_recipient (recipient),
    KEY mailbox_offices_org (org_id),
    KEY mailbox_offices_proposer (proposed_by),
    KEY mailbox_offices_path (path, keyed_at, id),
    FOREIGN KEY (org_id) REFERENCES orgs (id),
    FOREIGN KEY (proposed_by) REFERENCES people (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A reporter's box, found by what follows from the code and kept nowhere else.
-- locked is the key of the answers, under the code; made_at is rounded to the hour.
CREATE TABLE mailbox_boxes (
    lookup     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    id         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recipient  VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    office     VARCHAR(200) NOT NULL,
    locked     MEDIUMBLOB NOT NULL,
    salt       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    envelope   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    commitment VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    promise    TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    UNIQUE KEY mailbox_boxes_id (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What waits: for an office until it has taken it, for the reporter until he has
-- no more use for it. Sealed; the program that serves the pages cannot open it.
CREATE TABLE mailbox_envelopes (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    box_id    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    recipient VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at   BIGINT NOT NULL,
    body      MEDIUMBLOB NOT NULL,
    KEY mailbox_envelopes_waiting (recipient, id),
    KEY mailbox_envelopes_box (box_id, made_at, id),
    FOREIGN KEY (box_id) REFERENCES mailbox_boxes (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
