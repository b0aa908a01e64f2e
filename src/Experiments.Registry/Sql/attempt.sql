-- What the holder of a lease writes. Every statement that changes a run names its epoch: no row means the lease is stale.

-- name: record_process
UPDATE attempt SET pid = ?3, start_ticks = ?4, boot_id = ?5
WHERE key = (SELECT attempt FROM run WHERE key = ?1 AND status = 1 AND epoch = ?2)
RETURNING key

-- name: append
UPDATE attempt SET points = points + ?3, offset = ?4
WHERE key = (SELECT attempt FROM run WHERE key = ?1 AND status = 1 AND epoch = ?2)
RETURNING key, points - ?3, (SELECT experiment FROM run WHERE key = ?1)

-- name: add_point
INSERT INTO point (attempt, metric, number, step, value, time) VALUES (?, ?, ?, ?, ?, ?)

-- name: set_score
INSERT INTO score (run, metric, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = ?3

-- name: add_event
INSERT INTO event (attempt, name, data, time) VALUES (?, ?, ?, ?)

-- name: find_metric
SELECT id FROM metric WHERE name = ? AND experiment = ?

-- name: add_metric
INSERT INTO metric (name, experiment) VALUES (?, ?) RETURNING id

-- name: end
-- A run whose cancellation was asked for does not go back to pending.
UPDATE run
SET status = CASE WHEN ?3 = 0 AND cancelling = 1 THEN 4 ELSE ?3 END,
    cancelling = 0,
    failures = failures + ?4,
    ended = ?5,
    delayed_from = CASE WHEN ?3 = 0 AND cancelling = 0 AND ?6 > 0 THEN ?5 END,
    delayed_to = CASE WHEN ?3 = 0 AND cancelling = 0 AND ?6 > 0 THEN ?5 + ?6 END,
    category = ?7,
    message = ?8,
    remedied = CASE WHEN ?9 IS NULL THEN remedied WHEN ?9 <> config THEN ?9 END
WHERE key = ?1 AND status = 1 AND epoch = ?2
RETURNING attempt, experiment, status

-- name: end_attempt
UPDATE attempt SET outcome = ?2, ended = ?3, exit_code = ?4, signal = ?5, category = ?6, message = ?7, counts = ?8, gpus = ?9 WHERE key = ?1

-- name: rank
UPDATE score SET final = 1 WHERE run = ?

-- name: publish
UPDATE run SET published = 1 WHERE key = ?1 AND status = 2 AND epoch = ?2 AND published = 0 RETURNING key

-- name: is_published
SELECT 1 FROM run WHERE key = ? AND status = 2 AND epoch = ? AND published = 1

-- name: adopt
UPDATE run SET epoch = epoch + 1 WHERE key = ?1 AND status = 1 AND epoch = ?2 RETURNING epoch, attempt

-- name: adopt_attempt
UPDATE attempt SET epoch = ?2, worker = ?3, lease_ms = ?4, renewed = ?5 WHERE key = ?1
