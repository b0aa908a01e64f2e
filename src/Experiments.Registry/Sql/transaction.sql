-- One transaction per batch of writes; a savepoint per write, so that a refused one is undone alone.

-- name: begin
BEGIN IMMEDIATE

-- name: commit
COMMIT

-- name: savepoint
SAVEPOINT one

-- name: undo
ROLLBACK TO one

-- name: release
RELEASE one

-- name: snapshot
BEGIN
