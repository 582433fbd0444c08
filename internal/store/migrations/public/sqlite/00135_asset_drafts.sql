-- +goose Up

-- Entries into the register and corrections of it, which a second person confirms.
-- asset_id is the asset that it corrects or has become; empty for a new one before
-- it is confirmed. form is what was typed, not public before.
CREATE TABLE asset_drafts (
    id           TEXT NOT NULL PRIMARY KEY,
    asset_id     TEXT NOT NULL,
    base         INTEGER NOT NULL,
    path         TEXT NOT NULL,
    owner_id     TEXT NOT NULL,
    acting_id    TEXT NOT NULL,
    name         TEXT NOT NULL,
    form         TEXT NOT NULL,
    state        TEXT NOT NULL,
    version      INTEGER NOT NULL,
    mend         TEXT NOT NULL,
    entered_by   TEXT NOT NULL,
    sent_by      TEXT NOT NULL,
    sent_at      INTEGER NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at INTEGER NULL,
    document     TEXT NOT NULL,
    FOREIGN KEY (owner_id) REFERENCES orgs (id),
    FOREIGN KEY (acting_id) REFERENCES orgs (id)
) STRICT;
CREATE INDEX asset_drafts_place ON asset_drafts (path, sent_at, id);
CREATE INDEX asset_drafts_newest ON asset_drafts (sent_at, id);
CREATE INDEX asset_drafts_owner ON asset_drafts (owner_id, state);
CREATE INDEX asset_drafts_document ON asset_drafts (document);
