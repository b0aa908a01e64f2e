#!/bin/sh
echo "$2" > "$EXP_RUN_DIR/name.txt"
