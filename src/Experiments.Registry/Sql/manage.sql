-- What people do to runs.

-- name: state
SELECT id, status FROM run WHERE key = ?

-- name: cancel_pending
UPDATE run SET status = 4, ended = ?2, category = NULL, message = NULL, delayed_from = NULL, delayed_to = NULL WHERE key = ?1 AND status = 0

-- name: cancel_running
UPDATE run SET cancelling = 1 WHERE key = ?1 AND status = 1

-- name: pause
UPDATE experiment SET paused = ?2 WHERE name = ?1 RETURNING id

-- name: limit
UPDATE experiment SET running_max = ?2 WHERE name = ?1 RETURNING id
