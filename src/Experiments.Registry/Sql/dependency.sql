-- How the state of a run reaches the runs that have it as an input.

-- name: state
SELECT status, published, broken FROM run WHERE key = ?

-- name: requeue
-- A failed run goes on with the configuration that fits; one that is repeated begins with its own.
UPDATE run
SET status = 0, published = 0, cancelling = 0, failures = 0, started = NULL, ended = NULL, category = NULL, message = NULL, delayed_from = NULL, delayed_to = NULL,
    remedied = CASE WHEN status <> 2 THEN remedied END
WHERE key = ?

-- name: unrank
UPDATE score SET final = 0 WHERE run = ? AND final = 1

-- name: shift_unmet
UPDATE run SET unmet = unmet + ?2 * (SELECT count(*) FROM input i WHERE i.run = run.key AND i.input = ?1)
WHERE key IN (SELECT run FROM input WHERE input = ?1)

-- name: shift_broken
UPDATE run SET broken = broken + ?2 * (SELECT count(*) FROM input i WHERE i.run = run.key AND i.input = ?1)
WHERE key IN (SELECT run FROM input WHERE input = ?1)
RETURNING key, status, broken, (SELECT count(*) FROM input i WHERE i.run = run.key AND i.input = ?1)
