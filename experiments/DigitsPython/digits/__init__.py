"""Trains small networks on handwritten digits, in three stages: pretrain, train, evaluate."""
