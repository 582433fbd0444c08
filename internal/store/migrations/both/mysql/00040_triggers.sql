-- +goose Up

-- Events and leaves only ever grow. An engine without triggers has no part of
-- this file: there the account's rights alone say so.
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'events are append-only';
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'events are append-only';
CREATE TRIGGER log_leaves_no_update BEFORE UPDATE ON log_leaves
    FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'log_leaves is append-only';
CREATE TRIGGER log_leaves_no_delete BEFORE DELETE ON log_leaves
    FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'log_leaves is append-only';
