-- +goose Up

-- What somebody has typed into a long form and not sent yet; private to the
-- person. form says which form of which noun.
CREATE TABLE drafts (
    person_id TEXT NOT NULL,
    form      TEXT NOT NULL,
    typed     TEXT NOT NULL,
    saved_at  INTEGER NOT NULL,
    PRIMARY KEY (person_id, form),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT;
CREATE INDEX drafts_saved ON drafts (saved_at);
