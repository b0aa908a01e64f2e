#!/bin/sh
cd "$EXP_RUN_DIR" || exit 1
mkfifo metrics.json pipe
ln -s /usr everything
mkdir -p closed/data
echo kept > closed/file
mkfifo closed/data/pipe
chmod 555 closed
