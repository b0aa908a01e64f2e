#!/bin/sh
# Called with: --accumulation-steps N --batch-size N --fits N
while [ $# -gt 0 ]; do
    case "$1" in
        --batch-size) batch=$2 ;;
        --fits) fits=$2 ;;
        --accumulation-steps) steps=$2 ;;
    esac
    shift 2
done
if [ "$batch" -gt "$fits" ]; then
    echo "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate $batch.00 GiB."
    exit 1
fi
echo "{\"metrics\":{\"score\":$((batch * steps))}}" >> "$EXP_EVENTS"
