-- Parts of WHERE and FROM that run filters are composed of; `r` is the run.

-- name: everything
true

-- name: from_runs
run r

-- name: from_members
member m CROSS JOIN run r ON r.key = m.run AND m.collection = ? AND m.added = 0

-- name: order_runs
r.key

-- name: order_members
m.run

-- name: experiment
r.experiment = ?

-- name: collection
EXISTS (SELECT 1 FROM member m WHERE m.run = r.key AND m.collection = ? AND m.added = 0)

-- name: tag
r.tagset IN (SELECT tagset FROM tag WHERE name = ?)

-- name: ids
r.key IN (SELECT n.key FROM json_each(?) j CROSS JOIN run n ON n.id = j.value AND n.id = j.value COLLATE BINARY)

-- name: status
r.status = {status}

-- name: blocked
r.status = 0 AND r.broken > 0
