-- What is left for a worker. Paused experiments are passed over, like blocked runs.

-- name: queue
SELECT l.experiment, l.gpus, q.waiting, count(*), e.name
FROM lane l
CROSS JOIN experiment e ON e.id = l.experiment
CROSS JOIN queue q ON q.collection = ?1 AND q.lane = l.id
WHERE e.paused = 0
GROUP BY l.id, q.waiting

-- name: delayed
-- Runs whose backoff is over, but which no claim has moved yet, and the end of the first that is not.
SELECT r.experiment,
       count(*) FILTER (WHERE (r.delayed_to <= ?2 OR r.delayed_from > ?2) AND r.unmet = 0),
       min(r.delayed_to) FILTER (WHERE r.delayed_to > ?2 AND r.delayed_from <= ?2)
FROM run r
WHERE r.delayed_to IS NOT NULL AND r.status = 0 AND r.broken = 0
  AND (SELECT paused FROM experiment WHERE id = r.experiment) = 0
  AND (SELECT l.gpus BETWEEN ?3 AND ?4 AND (l.gpus = 0 OR e.name NOT IN (SELECT value FROM json_each(?5)))
       FROM lane l JOIN experiment e ON e.id = l.experiment WHERE l.id = r.lane)
  AND (?1 = 0 OR EXISTS (SELECT 1 FROM member m WHERE m.run = r.key AND m.collection = ?1))
GROUP BY r.experiment

-- name: gpu_demands
-- The ranking's index has the largest value of a metric ready.
SELECT e.name, e.definition, max(l.gpus),
       (SELECT max(s.value) FROM metric m CROSS JOIN score s ON s.metric = m.id AND s.final = 1 AND s.value <= 9e999 WHERE m.name = ?1 AND m.experiment = e.id)
FROM lane l
CROSS JOIN experiment e ON e.id = l.experiment
WHERE l.gpus > 0 AND EXISTS (SELECT 1 FROM queue q WHERE q.collection = 0 AND q.lane = l.id)
GROUP BY e.id

-- name: limits
-- How many more runs of limited experiments may be under way.
SELECT e.id, max(0, e.running_max - ifnull((SELECT t.runs FROM tally t WHERE t.collection = 0 AND t.experiment = e.id AND t.state = 1), 0))
FROM experiment e
WHERE e.running_max IS NOT NULL

-- name: running
SELECT (SELECT count(*) FROM run r WHERE r.status = 1 AND (?1 = 0 OR EXISTS (SELECT 1 FROM member m WHERE m.run = r.key AND m.collection = ?1)))
     + (SELECT count(*) FROM run r WHERE r.status = 2 AND r.published = 0 AND r.key NOT IN (SELECT value FROM json_each(?2)) AND (?1 = 0 OR EXISTS (SELECT 1 FROM member m WHERE m.run = r.key AND m.collection = ?1)))
