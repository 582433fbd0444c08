-- +goose Up

-- Whether nobody but the sender himself said who he is when he objected: not signed in, or
-- with an account that anybody may open and no registration in the lot.
ALTER TABLE objections ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0;
UPDATE objections SET stranger = 1 WHERE raised_by = '';
