#!/bin/sh
[ "$EXP_ATTEMPT" -gt 1 ] || { echo "Lustre: fs1-OST0003 was evicted"; exit 5; }
