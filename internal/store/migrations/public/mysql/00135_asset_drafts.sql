-- +goose Up

-- Entries into the register and corrections of it, which a second person confirms.
-- asset_id is the asset that it corrects or has become; empty for a new one before
-- it is confirmed. form is what was typed, not public before.
CREATE TABLE asset_drafts (
    id           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    asset_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    base         BIGINT NOT NULL,
    path         VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner_id     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    acting_id    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name         VARCHAR(255) NOT NULL,
    form         MEDIUMTEXT NOT NULL,
    state        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version      BIGINT NOT NULL,
    mend         MEDIUMTEXT NOT NULL,
    entered_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sent_by      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sent_at      BIGINT NOT NULL,
    confirmed_by VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    confirmed_at BIGINT NULL,
    document     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY asset_drafts_place (path, sent_at, id),
    KEY asset_drafts_newest (sent_at, id),
    KEY asset_drafts_owner (owner_id, state),
    KEY asset_drafts_document (document),
    FOREIGN KEY (owner_id) REFERENCES orgs (id),
    FOREIGN KEY (acting_id) REFERENCES orgs (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
