-- Finding and taking claimable runs.

-- name: end_backoffs
UPDATE run SET delayed_from = NULL, delayed_to = NULL WHERE delayed_to <= ?

-- name: end_backoffs_of_the_future
-- Begun later than now: the clock was set back. Waiting on would take longer than the backoff.
UPDATE run SET delayed_from = NULL, delayed_to = NULL WHERE delayed_to IS NOT NULL AND delayed_from > ?

-- name: next
-- The first of the first runs of all lanes.
SELECT r.key, l.gpus, e.name
FROM lane l
CROSS JOIN experiment e ON e.id = l.experiment
CROSS JOIN run r ON r.key = (SELECT q.run FROM queue q WHERE q.collection = ?1 AND q.lane = l.id AND q.waiting = 0 ORDER BY q.priority DESC, q.run LIMIT 1)
WHERE l.gpus BETWEEN ?2 AND ?3
  AND (?4 IS NULL OR l.gpus = 0 OR e.name IN (SELECT value FROM json_each(?4)))
  AND e.paused = 0
  AND (e.running_max IS NULL OR e.running_max > ifnull((SELECT t.runs FROM tally t WHERE t.collection = 0 AND t.experiment = e.id AND t.state = 1), 0))
ORDER BY r.priority DESC, r.key
LIMIT 1

-- name: worker
SELECT key FROM worker WHERE id = ?

-- name: take
UPDATE run SET status = 1, epoch = epoch + 1, attempts = attempts + 1, attempt = ?2, started = ?3, ended = NULL
WHERE key = ?1 AND status = 0
RETURNING id, epoch, attempts, failures, definition, inputs, config, remedied

-- name: begin_attempt
INSERT INTO attempt (key, run, number, epoch, worker, lease_ms, renewed, started, config) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: last_attempt
SELECT ifnull(max(key), 0) FROM attempt

-- name: clear_scores
DELETE FROM score WHERE run = ?

-- name: inputs
SELECT i.name, r.id FROM input i JOIN run r ON r.key = i.input WHERE i.run = ? ORDER BY i.name

-- name: definition
SELECT json FROM definition WHERE id = ?
