#!/bin/sh
trap '' TERM INT
echo started > "$EXP_RUN_DIR/started"
while :; do sleep 1; done
