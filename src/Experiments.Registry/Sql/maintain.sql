-- Looking after the file itself.

-- name: copy
VACUUM INTO ?

-- name: integrity
SELECT integrity_check FROM pragma_integrity_check

-- name: references
SELECT 'row ' || ifnull(rowid, '') || ' of table ' || "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check

-- name: tables
-- In the order they were created, so every row comes after those it refers to. Queue and tally follow from the others.
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('queue', 'tally') AND name NOT LIKE 'sqlite%' ORDER BY rowid

-- name: columns
SELECT name FROM pragma_table_info(?)

-- name: count_runs
SELECT count(*) FROM run

-- name: rebuild_queue
INSERT INTO queue (collection, lane, waiting, priority, run)
SELECT c.collection, r.lane, r.unmet > 0 OR r.delayed_to IS NOT NULL, r.priority, r.key
FROM run r JOIN (SELECT key AS run, 0 AS collection FROM run UNION ALL SELECT run, collection FROM member) c ON c.run = r.key
WHERE r.status = 0 AND r.broken = 0

-- name: rebuild_tally
INSERT INTO tally (collection, experiment, state, runs)
SELECT collection, experiment, state, count(*) FROM (
    SELECT 0 AS collection, experiment, CASE WHEN status = 0 AND broken > 0 THEN 5 ELSE status END AS state FROM run
    UNION ALL
    SELECT m.collection, r.experiment, CASE WHEN r.status = 0 AND r.broken > 0 THEN 5 ELSE r.status END
    FROM member m JOIN run r ON r.key = m.run WHERE m.added = 0
)
GROUP BY collection, experiment, state

-- name: vacuum
VACUUM

-- name: checkpoint
PRAGMA wal_checkpoint(TRUNCATE)
