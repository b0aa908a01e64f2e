-- What must always hold. Each query returns one sentence for each thing that does not.

-- name: tallies
SELECT 'collection ' || collection || ', experiment ' || experiment || ', state ' || state || ': ' || sum(counted) || ' runs are counted, there are ' || sum(found)
FROM (
    SELECT collection, experiment, state, runs AS counted, 0 AS found FROM tally
    UNION ALL
    SELECT 0, experiment, CASE WHEN status = 0 AND broken > 0 THEN 5 ELSE status END, 0, 1 FROM run
    UNION ALL
    SELECT m.collection, r.experiment, CASE WHEN r.status = 0 AND r.broken > 0 THEN 5 ELSE r.status END, 0, 1
    FROM member m JOIN run r ON r.key = m.run WHERE m.added = 0
)
GROUP BY collection, experiment, state
HAVING sum(counted) <> sum(found)

-- name: queue
SELECT 'run ' || run || ' in collection ' || collection || ' is ' || CASE WHEN sum(side) > 0 THEN 'not queued as it should be' ELSE 'queued but should not be' END
FROM (
    SELECT collection, lane, waiting, priority, run, -1 AS side FROM queue
    UNION ALL
    SELECT c.collection, r.lane, r.unmet > 0 OR r.delayed_to IS NOT NULL, r.priority, r.key, 1
    FROM run r JOIN (SELECT key AS run, 0 AS collection FROM run UNION ALL SELECT run, collection FROM member) c ON c.run = r.key
    WHERE r.status = 0 AND r.broken = 0
)
GROUP BY collection, lane, waiting, priority, run
HAVING sum(side) <> 0

-- name: inputs
SELECT 'run `' || r.id || '` counts ' || r.inputs || ' inputs, ' || r.unmet || ' unmet, ' || r.broken || ' broken; there are ' || count(i.input) || ', '
    || ifnull(sum(NOT (u.status = 2 AND u.published = 1)), 0) || ', ' || ifnull(sum(u.status IN (3, 4) OR (u.status = 0 AND u.broken > 0)), 0)
FROM run r LEFT JOIN input i ON i.run = r.key LEFT JOIN run u ON u.key = i.input
GROUP BY r.key
HAVING r.inputs <> count(i.input)
    OR r.unmet <> ifnull(sum(NOT (u.status = 2 AND u.published = 1)), 0)
    OR r.broken <> ifnull(sum(u.status IN (3, 4) OR (u.status = 0 AND u.broken > 0)), 0)

-- name: attempts
SELECT 'run `' || r.id || '` counts ' || r.attempts || ' attempts, there are ' || (SELECT count(*) FROM attempt a WHERE a.run = r.key)
FROM run r
WHERE r.attempts <> (SELECT count(*) FROM attempt a WHERE a.run = r.key)

-- name: running
SELECT 'run `' || r.id || '` is in state ' || r.status || ' under epoch ' || r.epoch || ', its latest attempt has outcome ' || ifnull(a.outcome, 'none') || ' and epoch ' || ifnull(a.epoch, 'none')
FROM run r LEFT JOIN attempt a ON a.key = r.attempt
WHERE (r.status = 1) <> ifnull(a.outcome = 0, 0)
   OR (r.status = 2 AND a.outcome IS NOT 1)
   OR a.epoch <> r.epoch
   OR (a.key IS NULL AND r.epoch > 0)

-- name: stray
SELECT 'attempt ' || a.number || ' of run `' || r.id || '` is under way, but is not the latest'
FROM attempt a JOIN run r ON r.key = a.run
WHERE a.outcome = 0 AND r.attempt <> a.key

-- name: epochs
SELECT 'attempts ' || a.number || ' and ' || b.number || ' of run `' || r.id || '` have epochs ' || a.epoch || ' and ' || b.epoch
FROM attempt a JOIN attempt b ON b.run = a.run AND b.number = a.number + 1 JOIN run r ON r.key = a.run
WHERE b.epoch <= a.epoch

-- name: published
SELECT 'run `' || id || '` is published in state ' || status FROM run WHERE published = 1 AND status <> 2

-- name: ranking
SELECT 'metric ' || s.metric || ' of run `' || r.id || '` is ranked, its run is in state ' || r.status
FROM score s JOIN run r ON r.key = s.run
WHERE s.final = 1 AND r.status <> 2

-- name: series
SELECT 'attempt ' || a.key || ' counts ' || a.points || ' metric values, there are ' || (SELECT count(*) FROM point p WHERE p.attempt = a.key)
FROM attempt a
WHERE a.points <> (SELECT count(*) FROM point p WHERE p.attempt = a.key)
