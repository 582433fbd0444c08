-- +goose Up

-- Acts are read by time: their ids have no order where several servers hand them out.
CREATE INDEX acts_order ON acts (noun, acted_at, id);
DROP INDEX acts_noun;
