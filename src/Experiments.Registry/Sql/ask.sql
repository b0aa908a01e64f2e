-- Looking. Filters are composed from the sections of filter.sql.

-- name: list
SELECT r.key, r.id, e.name, r.status, r.attempts, r.priority, t.tags, r.created, r.started, r.ended, r.category, r.message, r.broken, r.config, r.hash
FROM {source}
CROSS JOIN experiment e ON e.id = r.experiment
LEFT JOIN tagset t ON t.id = r.tagset
WHERE {where}
ORDER BY {order}
LIMIT {limit}

-- name: states
SELECT r.id, r.status, r.experiment, r.hash FROM {source} WHERE {where} ORDER BY {order} LIMIT {limit}

-- name: keys
SELECT r.key FROM {source} WHERE {where} ORDER BY {order} LIMIT {limit}

-- name: count_filtered
SELECT CASE WHEN r.status = 0 AND r.broken > 0 THEN 5 ELSE r.status END AS state, count(*) FROM {source} WHERE {where} GROUP BY state

-- name: count
SELECT state, sum(runs) FROM tally
WHERE collection = ?1 AND (?2 IS NULL OR experiment = ?2)
GROUP BY state

-- name: workers
SELECT key, id, host, pid, start_ticks, boot_id, slots, gpus, started, seen, held FROM worker WHERE ended IS NULL ORDER BY started, key

-- name: running
SELECT r.id FROM attempt a JOIN run r ON r.key = a.run WHERE a.worker = ? AND a.outcome = 0 ORDER BY a.key

-- name: scores
SELECT metric, value FROM score WHERE run = ?

-- name: experiment_name
SELECT name FROM experiment WHERE id = ?

-- name: metric_name
SELECT name FROM metric WHERE id = ?

-- name: broken_input
SELECT r.key, r.id, r.status FROM input i JOIN run r ON r.key = i.input
WHERE i.run = ? AND (r.status IN (3, 4) OR (r.status = 0 AND r.broken > 0))
ORDER BY r.status IN (3, 4) DESC, r.key
LIMIT 1

-- name: find
SELECT key, definition, hash, published FROM run WHERE id = ?

-- name: attempts
SELECT a.number, a.epoch, a.outcome, w.id, w.host, a.pid, a.started, a.ended, a.exit_code, a.signal, a.category, a.message, a.counts, a.config
FROM attempt a JOIN worker w ON w.key = a.worker
WHERE a.run = ?
ORDER BY a.number

-- name: used_by
SELECT r.id FROM input i JOIN run r ON r.key = i.run WHERE i.input = ? ORDER BY r.key

-- name: count_events
SELECT count(*) FROM attempt a CROSS JOIN event e ON e.attempt = a.key WHERE a.run = (SELECT key FROM run WHERE id = ?)

-- name: events
-- Latest first.
SELECT e.name, e.data, e.time FROM attempt a CROSS JOIN event e ON e.attempt = a.key
WHERE a.run = (SELECT key FROM run WHERE id = ?)
ORDER BY a.number DESC, e.key DESC
LIMIT ?

-- name: series
-- Latest first. Of the metrics of that name, one of each experiment, an attempt has reported one.
SELECT p.step, p.value, p.time FROM (SELECT attempt FROM run WHERE id = ?1) r CROSS JOIN point p
WHERE p.attempt = r.attempt
  AND p.metric = (SELECT m.id FROM metric m WHERE m.name = ?2 AND EXISTS (SELECT 1 FROM point q WHERE q.attempt = r.attempt AND q.metric = m.id))
ORDER BY p.number DESC

-- name: targets
SELECT NULL AS collection, e.name, t.runs, e.definition, e.paused, e.running_max
FROM (SELECT experiment, sum(runs) AS runs FROM tally WHERE collection = 0 GROUP BY experiment) t
JOIN experiment e ON e.id = t.experiment
UNION ALL
SELECT c.id, c.name, t.runs, e.definition, 0, NULL
FROM (SELECT collection, experiment, sum(runs) AS runs FROM tally WHERE collection > 0 GROUP BY collection, experiment HAVING sum(runs) > 0) t
JOIN collection c ON c.id = t.collection
JOIN experiment e ON e.id = t.experiment
ORDER BY 1, 4

-- name: find_collection
SELECT id FROM collection WHERE name = ?

-- name: find_experiment
SELECT id FROM experiment WHERE name = ?

-- name: collection_size
SELECT count(*) FROM (SELECT 1 FROM member WHERE collection = ?1 AND added = 0 LIMIT ?2)

-- name: metrics_named
SELECT id FROM metric WHERE name = ?1 AND (?2 IS NULL OR experiment = ?2)

-- name: rising
-- Numbers only: infinity is the largest, NaN is text and sorts after it.
SELECT s.run, s.value FROM score s
CROSS JOIN run r ON r.key = s.run
WHERE s.metric = ? AND s.final = 1 AND s.value <= 9e999 AND {where}
ORDER BY s.value, s.run
LIMIT {limit}

-- name: largest
-- The next value of a falling ranking.
SELECT max(value) FROM score WHERE metric = ? AND final = 1 AND value <= ?

-- name: largest_below
SELECT max(value) FROM score WHERE metric = ? AND final = 1 AND value < ?

-- name: equal
SELECT s.run, s.value FROM score s
CROSS JOIN run r ON r.key = s.run
WHERE s.metric = ? AND s.final = 1 AND s.value = ? AND {where}
ORDER BY s.run
LIMIT {limit}

-- name: not_a_number
SELECT s.run, s.value FROM score s
CROSS JOIN run r ON r.key = s.run
WHERE s.metric = ? AND s.final = 1 AND s.value = 'NaN' AND {where}
ORDER BY s.run
LIMIT {limit}

-- name: scores_of_members
SELECT s.run, s.value FROM {source}
CROSS JOIN score s ON s.run = r.key AND s.metric = ? AND s.final = 1
WHERE {where}

-- name: list_key
SELECT r.key, r.id, e.name, r.status, r.attempts, r.priority, t.tags, r.created, r.started, r.ended, r.category, r.message, r.broken, r.config, r.hash
FROM run r
CROSS JOIN experiment e ON e.id = r.experiment
LEFT JOIN tagset t ON t.id = r.tagset
WHERE r.key = ?
