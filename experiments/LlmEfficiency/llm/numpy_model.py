"""The model in NumPy, for the CPU."""

import resource

import numpy as np

from .weights import weights


class Model:
    def __init__(self, shape, precision):
        self.shape = shape
        self.precision = np.dtype(precision)
        self.tokens, self.positions, self.layers = weights(shape, lambda array: array.astype(self.precision))

    def start(self, batch):
        """A cache of keys and values for a new batch."""
        return [([], []) for _ in self.layers]

    def next(self, tokens, position, cache):
        """Logits of the tokens that follow, one row for each sequence of the batch."""
        x = self.tokens[tokens] + self.positions[position]
        for (attend, join, widen, narrow), (keys, values) in zip(self.layers, cache):
            x = x + self._attention(_norm(x) @ attend, keys, values) @ join
            x = x + np.maximum(_norm(x) @ widen, 0) @ narrow
        return _norm(x) @ self.tokens.T

    def _attention(self, projected, keys, values):
        batch, heads = len(projected), self.shape.heads
        query, key, value = (part.reshape(batch, heads, -1) for part in np.split(projected, 3, axis=1))
        keys.append(key)
        values.append(value)
        k, v = np.stack(keys, axis=2), np.stack(values, axis=2)
        scores = (query[:, :, None] @ k.swapaxes(2, 3))[:, :, 0] / np.sqrt(query.shape[-1]).astype(self.precision)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return ((scores / scores.sum(axis=-1, keepdims=True))[:, :, None] @ v)[:, :, 0].reshape(batch, -1)

    def choose(self, logits, decoder, random):
        if decoder == "greedy":
            return logits.argmax(axis=1)
        likeliest = np.argpartition(logits, -40, axis=1)[:, -40:]
        noise = random.gumbel(size=likeliest.shape)
        return np.take_along_axis(likeliest, (np.take_along_axis(logits, likeliest, axis=1) + noise).argmax(axis=1)[:, None], axis=1)[:, 0]

    def synchronise(self):
        """Everything has happened when a call returns."""

    def peak_memory(self):
        """Bytes of the process, at most."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _norm(x):
    return (x - x.mean(axis=-1, keepdims=True)) / (x.std(axis=-1, keepdims=True) + x.dtype.type(1e-3))
