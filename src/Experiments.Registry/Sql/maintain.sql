-- Looking after the file itself.

-- name: copy
VACUUM INTO ?
