-- +goose Up

-- A lot has an id of its own; it knows the tender by which it was announced, and its number
-- there. Those of before keep the id that they had from their tender.
ALTER TABLE lots ADD COLUMN tender_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER id;
ALTER TABLE lots ADD COLUMN number BIGINT NOT NULL DEFAULT 1 AFTER tender_id;
UPDATE lots SET tender_id = id;
ALTER TABLE lots ALTER COLUMN tender_id DROP DEFAULT;
ALTER TABLE lots ALTER COLUMN number DROP DEFAULT;

-- Servers name such a key in their own ways.
SET @of_id = (SELECT CONCAT('ALTER TABLE lots DROP FOREIGN KEY ', CONSTRAINT_NAME)
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'lots' AND REFERENCED_TABLE_NAME = 'tenders');
PREPARE dropping FROM @of_id;
EXECUTE dropping;
DEALLOCATE PREPARE dropping;
CREATE UNIQUE INDEX lots_numbered ON lots (tender_id, number);
ALTER TABLE lots ADD FOREIGN KEY (tender_id) REFERENCES tenders (id);
