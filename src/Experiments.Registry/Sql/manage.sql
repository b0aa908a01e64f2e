-- What people do to runs.

-- name: state
SELECT id, status FROM run WHERE key = ?

-- name: cancel_pending
UPDATE run SET status = 4, ended = ?2, category = NULL, message = NULL, delayed_from = NULL, delayed_to = NULL WHERE key = ?1 AND status = 0

-- name: cancel_running
UPDATE run SET cancelling = 1 WHERE key = ?1 AND status = 1
