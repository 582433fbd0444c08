-- +goose Up

-- What a station said of the columns of its bank's statements, whose words were not known.
ALTER TABLE bank_accounts ADD COLUMN headers TEXT NOT NULL DEFAULT 'null';
