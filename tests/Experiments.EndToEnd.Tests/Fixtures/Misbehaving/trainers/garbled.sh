#!/bin/sh
{
    echo '{"metrics":{"score":0.25},"step":1}'
    echo 'loss = 0.3 (this is not JSON)'
    echo '{"metrics":{"score":'
    printf '\377\376 neither text\n'
    echo '[1, 2, 3]'
    echo '{"metrics":"many"}'
    echo
    echo '{"metrics":{"score":0.75},"step":2}'
} >> "$EXP_EVENTS"
