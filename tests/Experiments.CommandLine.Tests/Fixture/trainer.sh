# A trainer for tests: accuracy from the learning rate and the seed, behaviour from --mode.
while [ $# -gt 0 ]; do
  case "$1" in
    --learning-rate) rate=$2; shift ;;
    --seed) seed=$2; shift ;;
    --mode) mode=$2; shift ;;
  esac
  shift
done
echo "training with $rate"
case "$mode" in
  fail) echo "ValueError: no such layer" >&2; exit 3 ;;
  slow) trap 'echo stopping; exit 143' TERM; touch "$EXP_CHECKPOINT_DIR/started"; while :; do sleep 0.05; done ;;
  escape) printf 'ValueError: \033]0;owned\007\n' >&2; exit 3 ;;
  stubborn) trap '' TERM; touch "$EXP_CHECKPOINT_DIR/started"; while :; do sleep 0.05; done ;;
  nan) echo '{"metrics":{"test_accuracy":"NaN","loss":1}}' >> "$EXP_EVENTS"; exit 0 ;;
esac
echo "model $rate $seed" > "$EXP_RUN_DIR/model.txt"
case "$rate" in 0.01) accuracy=0.8 ;; 0.1) accuracy=0.9 ;; *) accuracy=0.5 ;; esac
echo "{\"metrics\":{\"test_accuracy\":${accuracy}${seed}1,\"loss\":0.${seed}5},\"step\":1}" >> "$EXP_EVENTS"
echo "done"
