-- Looking after the file itself.

-- name: copy
VACUUM INTO ?

-- name: integrity
SELECT integrity_check FROM pragma_integrity_check

-- name: references
SELECT 'row ' || ifnull(rowid, '') || ' of table ' || "table" || ' refers to a missing row of ' || parent FROM pragma_foreign_key_check
