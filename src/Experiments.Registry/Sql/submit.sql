-- What a submission looks up and writes. The tables: Schema/0001.sql.

-- name: find_run
SELECT key, id, status, experiment, hash, definition, published, broken, inputs FROM run WHERE id = ?

-- name: id_near
-- Whether there is an id in a range: one look that most new runs, or whole new sweeps, pass.
SELECT 1 FROM run WHERE id >= ? AND id < ? LIMIT 1

-- name: run_inside
SELECT id FROM run WHERE id >= ?1 || '/' AND id < ?1 || '0' LIMIT 1

-- name: config
SELECT config, (SELECT name FROM experiment WHERE id = run.experiment) FROM run WHERE key = ?

-- name: last_key
SELECT ifnull(max(key), 0) FROM run

-- name: add_run
INSERT INTO run (key, id, experiment, definition, lane, tagset, priority, inputs, unmet, broken, created, hash, config)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: add_input
INSERT INTO input (run, name, input) VALUES (?, ?, ?)

-- name: inputs
SELECT name, input FROM input WHERE run = ?

-- name: clear_inputs
DELETE FROM input WHERE run = ?

-- name: input_state
SELECT status = 2 AND published = 1, status IN (3, 4) OR (status = 0 AND broken > 0) FROM run WHERE key = ?

-- name: set_inputs
UPDATE run SET inputs = ?2, unmet = ?3, broken = ?4 WHERE key = ?1

-- name: set_definition
UPDATE run SET definition = ?2, lane = ?3 WHERE key = ?1

-- name: set_config
UPDATE run SET experiment = ?2, hash = ?3, config = ?4, remedied = NULL WHERE key = ?1

-- name: set_urgency
UPDATE run SET priority = ?2, tagset = ?3 WHERE key = ?1

-- name: tags
SELECT t.tags FROM run r JOIN tagset t ON t.id = r.tagset WHERE r.key = ?

-- name: enqueue_new
-- In the order of the key, all in one statement: each row then goes where the one before it went.
INSERT INTO queue (collection, lane, waiting, priority, run)
SELECT ?1, lane, unmet > 0, priority, key FROM run WHERE key > ?2 AND broken = 0
ORDER BY lane, unmet > 0, priority DESC, key

-- name: enqueue_member
INSERT INTO queue (collection, lane, waiting, priority, run)
SELECT ?1, lane, unmet > 0 OR delayed_to IS NOT NULL, priority, key FROM run WHERE key = ?2 AND status = 0 AND broken = 0

-- name: count
INSERT INTO tally (collection, experiment, state, runs) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET runs = runs + ?4

-- name: member
SELECT added FROM member WHERE run = ? AND collection = ?

-- name: add_member
INSERT INTO member (run, collection, added) VALUES (?, ?, ?)

-- name: add_new_members
INSERT INTO member (run, collection, added) SELECT key, ?1, 0 FROM run WHERE key > ?2 ORDER BY key

-- name: demote_member
UPDATE member SET added = 1 WHERE run = ? AND collection = ?

-- name: promote_member
UPDATE member SET added = 0 WHERE run = ? AND collection = ?

-- name: find_collection
SELECT id FROM collection WHERE name = ?

-- name: add_collection
INSERT INTO collection (name) VALUES (?) RETURNING id

-- name: find_experiment
SELECT id FROM experiment WHERE name = ?

-- name: add_experiment
INSERT INTO experiment (name) VALUES (?) RETURNING id

-- name: latest_definition
UPDATE experiment SET definition = ?2 WHERE id = ?1 AND definition IS NOT ?2

-- name: find_lane
SELECT id FROM lane WHERE experiment = ? AND gpus = ?

-- name: add_lane
INSERT INTO lane (experiment, gpus) VALUES (?, ?) RETURNING id

-- name: find_definition
SELECT id FROM definition WHERE hash = ?

-- name: add_definition
INSERT INTO definition (experiment, lane, hash, json) VALUES (?, ?, ?, ?) RETURNING id

-- name: find_tagset
SELECT id FROM tagset WHERE tags = ?

-- name: add_tagset
INSERT INTO tagset (tags) VALUES (?) RETURNING id

-- name: add_tag
INSERT INTO tag (name, tagset) VALUES (?, ?)
