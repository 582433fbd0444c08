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

-- The terms as they were when they were returned, to show what has changed since.
ALTER TABLE tenders ADD COLUMN returned_terms TEXT NULL;

-- All objections of a place, whatever their state.
CREATE INDEX objections_path ON objections (path, raised_at);
