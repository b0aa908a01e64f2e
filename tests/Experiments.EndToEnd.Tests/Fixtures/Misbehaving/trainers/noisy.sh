#!/bin/sh
# Called with: --megabytes N
yes 'step 17: loss 0.4242, and so on, and so on, and so on, and so on' | head -c "${2}000000"
printf '\nthe last line\n'
echo '{"metrics":{"score":1}}' >> "$EXP_EVENTS"
