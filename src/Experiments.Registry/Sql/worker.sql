-- Workers, their leases, and what dead ones leave.

-- name: register
INSERT INTO worker (id, host, pid, start_ticks, boot_id, slots, gpus, started, seen, held) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET host = ?2, pid = ?3, start_ticks = ?4, boot_id = ?5, slots = ?6, gpus = ?7, started = ?8, seen = ?9, held = ?10, ended = NULL

-- name: seen
UPDATE worker SET seen = ?2, ended = NULL WHERE id = ?1

-- name: end
UPDATE worker SET ended = ?2 WHERE id = ?1 AND ended IS NULL

-- name: renew
UPDATE attempt SET renewed = ?3, lease_ms = ?4
WHERE key = (SELECT attempt FROM run WHERE key = ?1 AND status = 1 AND epoch = ?2)
RETURNING (SELECT cancelling FROM run WHERE key = ?1)

-- name: of_host
SELECT key, id, host, pid, start_ticks, boot_id, slots, gpus, started, seen, held, ended IS NOT NULL FROM worker w
WHERE host = ?1 AND (ended IS NULL
  OR EXISTS (SELECT 1 FROM attempt a WHERE a.worker = w.key AND a.outcome = 0)
  OR EXISTS (SELECT 1 FROM run r JOIN attempt a ON a.key = r.attempt WHERE r.status = 2 AND r.published = 0 AND a.worker = w.key))

-- name: orphans
-- The two kinds of attempts that a dead worker leaves.
SELECT r.key, r.id, r.epoch, r.attempts, r.failures, r.definition, r.config, r.inputs,
       a.pid, a.start_ticks, a.boot_id, a.started, a.offset, r.status = 2, a.config,
       (SELECT count(*) FROM attempt b WHERE b.run = r.key AND b.number < a.number AND b.outcome = 6
          AND b.number > ifnull((SELECT max(c.number) FROM attempt c WHERE c.run = r.key AND c.number < a.number AND c.outcome <> 6), 0))
FROM attempt a JOIN run r ON r.attempt = a.key
WHERE a.worker = ?1 AND a.outcome = 0 AND r.status = 1
UNION ALL
SELECT r.key, r.id, r.epoch, r.attempts, r.failures, r.definition, r.config, r.inputs,
       a.pid, a.start_ticks, a.boot_id, a.started, a.offset, 1, a.config, 0
FROM run r JOIN attempt a ON a.key = r.attempt
WHERE r.status = 2 AND r.published = 0 AND a.worker = ?1

-- name: remote_leases
SELECT a.key, a.run, a.epoch, a.lease_ms, a.renewed
FROM worker w CROSS JOIN attempt a ON a.worker = w.key AND a.outcome = 0
WHERE w.host <> ?

-- name: renewed
SELECT renewed FROM attempt WHERE key = ?

-- name: node_failures
SELECT r.id, a.gpus, a.ended, a.message
FROM attempt a CROSS JOIN worker w ON w.key = a.worker CROSS JOIN run r ON r.key = a.run
WHERE a.category = 'node-failure' AND a.ended >= ?2 AND w.host = ?1
ORDER BY a.ended DESC
