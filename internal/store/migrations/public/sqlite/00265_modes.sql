-- +goose Up

-- What only a lot's mode knows of its terms and of where its bidding stands: documents, so
-- that a mode brings no columns. next_at is when the clock must look again at a lot that is
-- being bid for: the end, unless the mode has something happen before. ticks is how often
-- it had.
ALTER TABLE lots ADD COLUMN terms TEXT NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN board TEXT NOT NULL DEFAULT '';
ALTER TABLE lots ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lots ADD COLUMN ticks INTEGER NOT NULL DEFAULT 0;

-- Until now there was one mode, the rising auction.
UPDATE lots SET next_at = ends_at, terms = '{"step":' || step || ',"most_steps":' || most_steps || ',"free_seconds":' || (free_ms / 1000) ||
    ',"window_seconds":' || (window_ms / 1000) || ',"extend_seconds":' || (extend_ms / 1000) || '}';

ALTER TABLE lots DROP COLUMN step;
ALTER TABLE lots DROP COLUMN most_steps;
ALTER TABLE lots DROP COLUMN free_ms;
ALTER TABLE lots DROP COLUMN window_ms;
ALTER TABLE lots DROP COLUMN extend_ms;

CREATE INDEX lots_next ON lots (state, next_at, id);
